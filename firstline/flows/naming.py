"""What a person names by number or key must be there, or the story is refused before it begins."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from firstline.core.errors import DeskError
from firstline.people.models import Person
from firstline.routing.models import Category, Priority, Team
from firstline.tickets.rules.states import TicketKind

_ROWS: dict[str, QuerySet[Any]] = {
    "priority": Priority.objects.all(), "category": Category.objects.all(), "team": Team.objects.filter(active=True),
    "affected": Person.objects.all(), "requester": Person.objects.all()}


def require_known(*, kind: str | None = None, **named: int | None) -> None:
    """Raise DeskError for a kind that is none, or where no row bears the number given; None names nothing.

    `named`: priority, category, team, affected, requester.
    """
    if kind is not None and kind not in [each.value for each in TicketKind]:
        raise DeskError("There is no such kind of ticket.")
    for name, number in named.items():
        if number is not None and not _ROWS[name].filter(pk=number).exists():
            raise DeskError("There is no such value for %(field)s.", field=name)
