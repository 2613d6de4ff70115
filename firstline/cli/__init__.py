"""The terminal's door: the one firstline command."""
