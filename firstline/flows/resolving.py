"""A ticket is solved, comes back, or is closed for good."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.flows.changing import actor, changing, standing
from firstline.tickets.answers import standing_answers
from firstline.tickets.desk import Words
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, Status


def solve(number: int, *, by: Principal, now: datetime, answer: str = "") -> None:
    """Say that the problem is solved. Nothing is solved without its answer recorded (DESK rule 11).

    `answer` is what was told to the customer in speech; it may be empty when he was answered in writing.
    """
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        if case.reading.status in DONE_STATES:
            return
        if answer.strip():
            case.write(e.Reply(to=(), channel="spoken"), by=actor(by), now=now, public_from=now,
                       words=Words(answer.strip()))
        elif not standing_answers(number).exists():
            raise DeskError("Write down what the customer was told before you solve this ticket.")
        solved = e.StatusChanged(status=Status.SOLVED.value, before=case.reading.status)
        case.write(solved, by=actor(by), now=now)


def reopen(number: int, *, by: Principal, now: datetime, reason: str = "") -> None:
    """Open a solved ticket again: stamped and counted."""
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        if case.reading.status not in DONE_STATES:
            raise Conflict("This ticket is open already.")
        case.write(e.Reopened(before=case.reading.status, reason=reason), by=actor(by), now=now)


def close(number: int, *, by: Principal, now: datetime) -> None:
    """Close a solved ticket."""
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        if case.reading.status == Status.CLOSED:
            return
        if case.reading.status != Status.SOLVED:
            raise Conflict("Only a solved ticket can be closed.")
        closed = e.StatusChanged(status=Status.CLOSED.value, before=case.reading.status)
        case.write(closed, by=actor(by), now=now)
