"""Rules of tickets as plain Python: facts in, decisions out."""
