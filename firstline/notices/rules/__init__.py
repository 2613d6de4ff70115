"""Rules of notices as plain Python: facts in, decisions out."""
