"""Stored bytes, by content: small ones in the database, large ones in the files folder."""
