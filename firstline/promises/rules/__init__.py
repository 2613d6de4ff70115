"""Rules of promises as plain Python: facts in, decisions out."""
