"""The programming door: JSON into a story and back."""
