"""Rules of routing as plain Python: facts in, decisions out."""
