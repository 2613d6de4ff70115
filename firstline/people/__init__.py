"""Everybody who contacts the desk, with their addresses, telephones, organisations and places."""
