"""The pages: HTML into a story and back."""
