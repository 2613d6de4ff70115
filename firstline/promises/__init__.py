"""Calendars, promises, and working time measured by them."""
