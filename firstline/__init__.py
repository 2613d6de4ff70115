"""Firstline: an IT help desk in which no contact is lost."""
