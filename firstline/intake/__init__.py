"""What comes in: letters and contacts, and how they are read."""
