"""A person decides about a letter that was held, or lets a failed one be tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from firstline.accounts import audit
from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, NotFound
from firstline.intake.models import Letter
from firstline.tickets import desk, policy
from firstline.work import changes


def let_in(letter: int, *, by: Principal, now: datetime) -> None:
    """Let a held letter into the ticket that it claims, or open one where it claims none."""
    _rule(letter, by=by, now=now, ruling="let-in")


def open_apart(letter: int, *, by: Principal, now: datetime) -> None:
    """Let a held letter open a ticket of its own."""
    _rule(letter, by=by, now=now, ruling="apart")


def drop(letter: int, *, by: Principal, now: datetime, reason: str) -> None:
    """Put a held or failed letter aside for good; its raw bytes stay."""
    with _held(letter, by=by, now=now, deed="letter.drop", data={"reason": reason}) as found:
        found.state, found.outcome, found.handled_at = "done", "dropped", now
        found.reason = reason.strip() or found.reason


def retry(letter: int, *, by: Principal, now: datetime) -> None:
    """Let the worker try a failed letter again, from its raw bytes."""
    with _held(letter, by=by, now=now, deed="letter.retry", data={}) as found:
        if found.state != "failed":
            raise Conflict("Only a failed letter can be tried again.")
        _back(found, now=now)


def _rule(letter: int, *, by: Principal, now: datetime, ruling: str) -> None:
    with _held(letter, by=by, now=now, deed=f"letter.{ruling}", data={}) as found:
        found.ruling, found.ruled_by = ruling, by.id
        _back(found, now=now)


def _back(found: Letter, *, now: datetime) -> None:
    found.state, found.outcome, found.attempts, found.next_at = "received", "", 0, now


@contextmanager
def _held(letter: int, *, by: Principal, now: datetime, deed: str, data: dict[str, Any]) -> Iterator[Letter]:
    """The letter, locked, if it still waits for a person; what the story does to it is kept and audited."""
    by.require("letters.judge")
    with transaction.atomic():
        found = Letter.objects.select_for_update().filter(pk=letter).first()
        if found is None:
            raise NotFound("There is no such letter.")
        if found.state not in ("failed", "quarantined"):
            raise Conflict("Somebody else has just decided about this letter.")
        if found.claims is not None and not policy.may_see(by, desk.read(found.claims)):
            raise NotFound("There is no such letter.")
        yield found
        found.save(force_update=True)
        audit.line(deed, by=by, now=now, object_kind="letter", object_id=letter, **data)
        changes.note("letter", [letter], now=now)
