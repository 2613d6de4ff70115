"""A ticket becomes confidential, or is so no longer, with everything that was merged into it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict
from firstline.flows.changing import actor, finish, standing
from firstline.tickets import desk, policy
from firstline.tickets.models import Ticket
from firstline.tickets.rules import entries as e

_LONGEST_CHAIN = 50


def keep_secret(number: int, *, by: Principal, now: datetime, confidential: bool) -> None:
    """Change the secrecy of a ticket and of its parts, whose words stand on its page; a line in each journey.

    To uncover takes the right to every part, to cover only that to the ticket. Raises Conflict for a part.
    """
    with transaction.atomic():
        parts = _parts_of(number)
        case, *others = desk.lock((number, *parts))
        policy.require(by, "ticket.change", case.reading, *(() if confidential else (o.reading for o in others)))
        standing(case)
        if _parts_of(number) != parts:
            raise Conflict("Somebody else has just changed this ticket. Look again.")
        changed = [one for one in (case, *others) if one.reading.confidential != confidential]
        for one in changed:
            edited = e.Edited(field="confidential", before=one.reading.confidential, value=confidential)
            one.write(edited, by=actor(by), now=now)
        finish(changed, now=now)


def _parts_of(number: int) -> tuple[int, ...]:
    """The tickets that were merged into this one, and into those."""
    found: list[int] = []
    level = [number]
    for _ in range(_LONGEST_CHAIN):
        rows = Ticket.objects.filter(merged_into_id__in=level).order_by("number")
        level = list(rows.values_list("number", flat=True))
        if not level:
            break
        found += level
    return tuple(found)
