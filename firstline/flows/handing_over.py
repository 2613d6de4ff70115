"""A ticket goes to another team; who answers for it stays."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.flows.changing import actor, changing, standing
from firstline.routing.models import Team
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES


def hand_over(number: int, *, by: Principal, now: datetime, team: int, reason: str) -> None:
    """Hand the ticket to another team, with the reason that its first reader needs."""
    if not reason.strip():
        raise DeskError("Say why you hand this ticket over.")
    with changing(number, by=by, to="ticket.hand_over", now=now) as [case]:
        standing(case)
        if case.reading.status in DONE_STATES:
            raise Conflict("This ticket is solved. Reopen it first.")
        if not Team.objects.filter(pk=team, active=True).exists():
            raise DeskError("There is no such team.")
        if team == case.reading.team:
            raise DeskError("The ticket is with this team already.")
        case.write(e.HandedOver(team=team, before=case.reading.team, reason=reason.strip()), by=actor(by), now=now)
