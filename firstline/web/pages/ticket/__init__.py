"""The ticket: its whole story on one page, and everything that can be done to it."""
