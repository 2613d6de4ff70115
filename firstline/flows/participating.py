"""Who else takes part in a ticket: proposed, then accepted or refused by an agent."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.flows.changing import actor, changing, standing
from firstline.people.models import Person
from firstline.tickets.models import Participant
from firstline.tickets.rules import entries as e


def propose(number: int, *, by: Principal, now: datetime, person: int) -> None:
    """Propose a person; until accepted he gets nothing."""
    _decide(number, by=by, now=now, person=person, state="proposed")


def accept(number: int, *, by: Principal, now: datetime, person: int) -> None:
    """Let a person take part: he gets answers in copy, and his mail joins the ticket."""
    _decide(number, by=by, now=now, person=person, state="accepted")


def refuse(number: int, *, by: Principal, now: datetime, person: int) -> None:
    """Refuse a proposed person, or let one who took part leave."""
    _decide(number, by=by, now=now, person=person, state="refused")


def _decide(number: int, *, by: Principal, now: datetime, person: int, state: str) -> None:
    if not Person.objects.filter(pk=person).exists():
        raise DeskError("There is no such person.")
    with changing(number, by=by, to="ticket.change", now=now) as [case]:
        standing(case)
        known = Participant.objects.filter(ticket=case.ticket, person_id=person)
        now_is = known.values_list("state", flat=True).first()
        if now_is != state and not (state == "proposed" and now_is):
            case.write(e.Participation(person=person, state=state), by=actor(by), now=now)
