"""Writing the change feed: what kind of thing changed and its number, never what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from firstline.work.models import Change


def note(kind: str, numbers: Iterable[int | None], *, now: datetime) -> None:
    """Add one change for each number, inside the story's own transaction."""
    Change.objects.bulk_create([Change(at=now, kind=kind, number=number) for number in numbers])
