"""What a story refers to must be there: a wrong number is a sentence, never a broken transaction."""

from __future__ import annotations

from firstline.core.errors import DeskError
from firstline.people.models import Person
from firstline.routing.models import Category, Priority, Team
from firstline.tickets.rules.states import TicketKind


def require_known(*, priority: int | None = None, category: int | None = None, team: int | None = None,
                  affected: int | None = None, requester: int | None = None) -> None:
    """Raises DeskError for a priority, category, active team or person that there is not."""
    asked = (("priority", Priority.objects.all(), priority), ("category", Category.objects.all(), category),
             ("team", Team.objects.filter(active=True), team), ("affected", Person.objects.all(), affected),
             ("requester", Person.objects.all(), requester))
    for field, rows, wanted in asked:
        if wanted is not None and not rows.filter(pk=wanted).exists():
            raise DeskError("There is no such value for %(field)s.", field=field)


def require_kind(kind: str | None) -> None:
    """Refuse a kind of ticket that there is not; None asks for none."""
    if kind is not None and kind not in [each.value for each in TicketKind]:
        raise DeskError("There is no such kind of ticket.")
