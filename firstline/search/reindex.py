"""Indexes anew, batch by batch, what an older analyser has indexed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from firstline.search.index import IndexRow, put_many, remove
from firstline.search.models import SearchRow
from firstline.search.rules.analysis import ANALYSER_VERSION

BATCH = 100  # objects

# Gives all texts of objects by their ids; an object that has none left is absent.
Fetch = Callable[[Sequence[int]], Sequence[IndexRow]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one kind has been indexed anew: the version of the analyser and the last object done."""

    version: int = ANALYSER_VERSION
    last_id: int = 0


def reindex(kind: str, fetch: Fetch, *, cursor: Cursor, now: datetime, limit: int = BATCH) -> Cursor | None:
    """Index the next objects of a kind whose rows are of another version; returns the next cursor, None when done.

    Runs in the caller's transaction; the caller keeps the cursor, so that a stopped run goes on where it was. A
    cursor of another version starts from the beginning. Objects that `fetch` no longer knows leave the index.
    """
    last = cursor.last_id if cursor.version == ANALYSER_VERSION else 0
    stale = SearchRow.objects.filter(kind=kind, object_id__gt=last).exclude(analyser=ANALYSER_VERSION)
    ids = list(stale.order_by("object_id").values_list("object_id", flat=True).distinct()[:limit])
    if not ids:
        return None
    rows = fetch(ids)
    for gone in sorted(set(ids) - {row.object_id for row in rows}):
        remove(kind, gone)
    put_many(rows, now=now)
    return Cursor(ANALYSER_VERSION, ids[-1])
