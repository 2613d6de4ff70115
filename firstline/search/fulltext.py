"""Speaks to the full-text index of the database at hand: FTS5 on SQLite, a tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from firstline.search.rules.planning import Matching

def add(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index the (row id, keys) of rows that are not in the index."""
    values = [(row, " ".join(keys)) for row, keys in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO search_fulltext (rowid, keys) VALUES (%s, %s)", values)
        else:
            cursor.executemany("UPDATE search_row SET keys = %s::tsvector WHERE id = %s",
                               [(keys, row) for row, keys in values])


def take_out(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take rows out of the index; `keys` must be those that they were added with."""
    if connection.vendor != "sqlite":
        return  # the tsvector goes with its row
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_fulltext (search_fulltext, rowid, keys) VALUES ('delete', %s, %s)",
                           [(row, " ".join(keys)) for row, keys in rows])


def source(matching: Matching) -> tuple[str, str, str]:
    """FROM clause, condition with one parameter, and that parameter, for rows `r` that match."""
    if connection.vendor == "sqlite":
        groups = ("(" + " OR ".join(f'"{key}"' for key in group) + ")" for group in matching)
        return ("search_fulltext f CROSS JOIN search_row r ON r.id = f.rowid", "search_fulltext MATCH %s",
                " AND ".join(groups))
    groups = ("(" + " | ".join(f"'{key}'" for key in group) + ")" for group in matching)
    return "search_row r", "r.keys @@ %s::tsquery", " & ".join(groups)


def newest_first() -> str:
    """The column that orders matches by row id in the way the index can stop early."""
    return "f.rowid" if connection.vendor == "sqlite" else "r.id"
