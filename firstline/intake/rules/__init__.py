"""Rules of intake as plain Python: facts in, decisions out."""
