"""The rules of reading a letter: plain Python, no database, no network."""
