"""A ticket waits: for the customer, for somebody else, or until a date."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.core.time import iso
from firstline.flows.changing import actor, changing, standing
from firstline.tickets.models import Ticket
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, WAITING_STATES, Status


def wait(number: int, *, by: Principal, now: datetime, status: Status, until: datetime | None = None,
         reason: str = "") -> None:
    """Let the ticket wait. Waiting until a date needs the date, and it lies ahead."""
    if status not in WAITING_STATES:
        raise DeskError("A ticket waits for the customer, for somebody else, or until a date.")
    if status is Status.WAITING_DATE and (until is None or until <= now):
        raise DeskError("Name a date in the future until which the ticket waits.")
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        if case.reading.status in DONE_STATES:
            raise Conflict("This ticket is solved. Reopen it first.")
        changed = e.StatusChanged(status=status.value, before=case.reading.status, until=iso(until), reason=reason)
        case.write(changed, by=actor(by), now=now)


def resume(number: int, *, by: Principal, now: datetime) -> None:
    """Go on with a ticket that waited."""
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        if case.reading.status in WAITING_STATES:
            changed = e.StatusChanged(status=Status.OPEN.value, before=case.reading.status)
            case.write(changed, by=actor(by), now=now)


def due_to_resume(*, now: datetime, limit: int = 200) -> tuple[int, ...]:
    """Numbers of the tickets whose waiting is over."""
    rows = Ticket.objects.filter(status=Status.WAITING_DATE.value, wait_until__lte=now, merged_into=None)
    return tuple(rows.order_by("wait_until").values_list("number", flat=True)[:limit])
