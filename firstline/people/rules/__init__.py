"""Rules of people as plain Python: facts in, decisions out."""
