"""Courses, records and meetings of the desk's own staff."""
