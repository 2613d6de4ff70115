"""Rules of search as plain Python: facts in, decisions out."""
