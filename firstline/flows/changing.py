"""The only way to change tickets: lock them, let one story happen, settle what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict
from firstline.flows import indexing
from firstline.tickets import desk, policy, settling
from firstline.tickets.desk import Case
from firstline.tickets.rules.entries import Actor
from firstline.work import changes


@contextmanager
def changing(*numbers: int, by: Principal, to: str, now: datetime) -> Iterator[list[Case]]:
    """Lock tickets (ascending), ask the policy for the permission `to`, yield their cases, settle, commit."""
    with transaction.atomic():
        cases = desk.lock(numbers)
        policy.require(by, to, *(case.reading for case in cases))
        yield cases
        finish(cases, now=now)


def finish(cases: list[Case], *, now: datetime) -> None:
    """Settle and keep what was written to these cases, inside the transaction of the story."""
    for case in cases:
        if case.lines:
            settling.settle(case)
            indexing.index_case(case, now=now)
    changes.note("ticket", [case.number for case in cases if case.lines], now=now)


def actor(by: Principal) -> Actor:
    """Who stands in the journey for this principal."""
    if by.kind in ("agent", "person"):
        return Actor(by.kind, by.id)
    return Actor("system")


def equally_secret(*cases: Case) -> None:
    """Refuse to make one ticket of two where only one is confidential: the mail of both would reach the open one."""
    if len({case.reading.confidential for case in cases}) > 1:
        raise Conflict("One of the two tickets is confidential. Make both so, or neither.")


def standing(case: Case) -> None:
    """Refuse to change a ticket that has become part of another."""
    if case.reading.merged_into is not None:
        raise Conflict("This ticket was merged into #%(number)s; change that one.", number=case.reading.merged_into)
