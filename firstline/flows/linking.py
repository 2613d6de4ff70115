"""Two tickets are said to belong together, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.flows.changing import actor, changing
from firstline.tickets.models import Link
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import LinkKind


def link(number: int, *, by: Principal, now: datetime, other: int, kind: LinkKind = LinkKind.RELATED) -> None:
    """Link two tickets; the line stands in both journeys."""
    if number == other:
        raise DeskError("A ticket cannot be linked to itself.")
    with changing(number, other, by=by, to="ticket.change", now=now) as [case, linked]:
        if _links(number, other).exists():
            raise Conflict("These tickets are linked already.")
        Link.objects.create(ticket=case.ticket, other=linked.ticket, kind=kind.value)
        case.write(e.Linked(number=other, link=kind.value), by=actor(by), now=now)
        linked.write(e.Linked(number=number, link=f"{kind.value}-of"), by=actor(by), now=now)


def unlink(number: int, *, by: Principal, now: datetime, other: int) -> None:
    """Take a link back."""
    with changing(number, other, by=by, to="ticket.change", now=now) as [case, linked]:
        if not _links(number, other).delete()[0]:
            raise Conflict("These tickets are not linked.")
        case.write(e.Unlinked(number=other), by=actor(by), now=now)
        linked.write(e.Unlinked(number=number), by=actor(by), now=now)


def _links(number: int, other: int) -> QuerySet[Link]:
    return Link.objects.filter(ticket_id__in=(number, other), other_id__in=(number, other))
