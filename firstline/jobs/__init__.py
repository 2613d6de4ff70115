"""The clock's door: what the worker does when nobody asks."""
