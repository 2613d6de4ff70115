"""A letter that could not be handled is given back for a while, or waits, visible, for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from firstline.intake.models import Letter
from firstline.intake.rules.lasting import next_try
from firstline.work import changes

PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)


def fail(letter: int, *, worker: str, reason: str, now: datetime) -> None:
    """Reading failed: try again later, and after the last try leave it failed with its reason."""
    with transaction.atomic():
        found = Letter.objects.select_for_update().filter(pk=letter, claimed_by=worker, state="working").first()
        if found is None:
            return
        found.attempts += 1
        again = next_try(attempts=found.attempts, now=now)
        found.state = "received" if again else "failed"
        found.next_at = again or now
        found.reason, found.claimed_by, found.lease_until = reason[:2000], "", None
        found.save(force_update=True)
        changes.note("letter", [letter], now=now)


def put_off(letter: int, *, worker: str, reason: str, now: datetime) -> None:
    """The house itself had trouble (database, disk): the letter is as new, and no try is counted.

    The pause grows with the letter's age to five minutes, so that a trouble that lasts does not keep the house busy.
    """
    with transaction.atomic():
        found = Letter.objects.select_for_update().filter(pk=letter, claimed_by=worker, state="working").first()
        if found is None:
            return
        pause = min(max((now - found.received_at) / 10, PAUSE), LONGEST_PAUSE)
        found.state, found.next_at, found.reason = "received", now + pause, reason[:2000]
        found.claimed_by, found.lease_until = "", None
        found.save(force_update=True)
