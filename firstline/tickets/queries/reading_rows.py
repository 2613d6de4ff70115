"""Small readers of raw rows that make SQLite and PostgreSQL give the same values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, overload

from django.db import connection


def rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """All rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


@overload
def moment(value: None) -> None: ...
@overload
def moment(value: datetime | str) -> datetime: ...
def moment(value: datetime | str | None) -> datetime | None:
    """An aware time, from what either database gives."""
    if value is None:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def column_value(at: datetime) -> Any:
    """A time as the database's adapter wants it."""
    return connection.ops.adapt_datetimefield_value(at)


def holding(column: str, value: str) -> tuple[str, str]:
    """The condition that a JSON column's list holds a text, and its parameter."""
    if connection.vendor == "postgresql":
        return f"{column} @> CAST(%s AS jsonb)", json.dumps([value])
    return f"EXISTS (SELECT 1 FROM json_each({column}) held WHERE held.value = %s)", value


def values(written: Any) -> Any:
    """A JSON column's value."""
    return json.loads(written) if isinstance(written, str) else written


def label(labels: Mapping[str, str], language: str, desk: str) -> str:
    """A desk's own word: the reader's language, else the desk's, else any."""
    return labels.get(language) or labels.get(desk) or next(iter(labels.values()), "")


def marks(items: Iterable[Any]) -> str:
    """As many parameter marks as there are items."""
    return ", ".join("%s" for _ in items)
