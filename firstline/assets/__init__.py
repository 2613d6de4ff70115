"""Numbered machines and licences, their products and contracts."""
