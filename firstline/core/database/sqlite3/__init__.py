"""SQLite as Firstline uses it."""
