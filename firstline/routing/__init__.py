"""Centres, levels, teams, categories, fields and priorities, and the choice between them."""
