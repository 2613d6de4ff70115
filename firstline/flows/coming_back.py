"""A ticket that was thought answered comes back when the answer did not arrive."""

from __future__ import annotations

from datetime import datetime

from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, WAITING_STATES, Status


def come_back(case: Case, *, reason: str, now: datetime) -> None:
    """Open a ticket again that is done or waits; one that is open already stays as it is."""
    before = case.reading.status
    if before in DONE_STATES:
        case.write(e.Reopened(before=before, reason=reason), by=e.Actor("rule"), now=now)
    elif before in WAITING_STATES:
        back = e.StatusChanged(status=Status.OPEN.value, before=before, reason=reason)
        case.write(back, by=e.Actor("rule"), now=now)
