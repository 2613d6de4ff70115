"""PostgreSQL as Firstline uses it."""
