"""Work without a table of its own: regular chores are kept in the queue, and come due again after each time."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from firstline.work.models import Chore

TRIES = 8


def keep_regular(kinds: frozenset[str], *, now: datetime) -> None:
    """Make sure that each regular chore stands in the queue once."""
    there = set(Chore.objects.filter(kind__in=kinds).values_list("kind", flat=True))
    if missing := kinds - there:
        with transaction.atomic():
            Chore.objects.bulk_create([Chore(kind=kind, next_at=now, created_at=now) for kind in sorted(missing)])


def claimed(chore: int, *, worker: str) -> tuple[str, dict[str, Any]] | None:
    """The kind and data of a claimed chore, or None when it is no longer this worker's."""
    return Chore.objects.filter(pk=chore, claimed_by=worker, state="working").values_list("kind", "data").first()


def over(chore: int, *, worker: str) -> None:
    """A chore that was asked for once is done, and leaves the queue."""
    with transaction.atomic():
        Chore.objects.filter(pk=chore, claimed_by=worker).delete()


def done(chore: int, *, worker: str, again_at: datetime) -> None:
    """A regular chore is done, and due again later."""
    with transaction.atomic():
        Chore.objects.filter(pk=chore, claimed_by=worker).update(
            state="waiting", next_at=again_at, attempts=0, error="", claimed_by="", lease_until=None)


def failed(chore: int, *, worker: str, error: str, now: datetime) -> None:
    """A chore failed: again after a growing pause, and dead after the last try, for a page to show."""
    with transaction.atomic():
        found = Chore.objects.select_for_update().filter(pk=chore, claimed_by=worker).first()
        if found is None:
            return
        found.attempts += 1
        pause = timedelta(seconds=30 * (1 << min(found.attempts, 8)) + secrets.randbelow(30))
        found.state = "dead" if found.attempts >= TRIES else "waiting"
        found.next_at, found.error = now + pause, error[:2000]
        found.claimed_by, found.lease_until = "", None
        found.save(force_update=True)
