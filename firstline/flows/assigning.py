"""Who works on a ticket, and who answers for it."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.models import Agent
from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.flows.changing import actor, changing, standing
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES


def claim(number: int, *, by: Principal, now: datetime) -> None:
    """Take an unclaimed ticket. Of two who try at once, one wins; the other is told who has it."""
    if by.kind != "agent" or by.id is None:
        raise DeskError("Only an agent can claim a ticket.")
    with changing(number, by=by, to="ticket.assign", now=now) as [case]:
        _require_assignable(case)
        holder = case.reading.assignee
        if holder is not None and holder != by.id:
            raise Conflict("%(name)s already works on this ticket.", name=_name(holder))
        if holder is None:
            case.write(e.Assigned(agent=by.id, claimed=True), by=actor(by), now=now)


def assign(number: int, *, by: Principal, now: datetime, agent: int | None) -> None:
    """Give a ticket to an agent, or to nobody."""
    if agent is not None:
        _require_active(agent)
    with changing(number, by=by, to="ticket.assign", now=now) as [case]:
        _require_assignable(case)
        if case.reading.assignee != agent:
            case.write(e.Assigned(agent=agent), by=actor(by), now=now)


def answer_for(number: int, *, by: Principal, now: datetime, agent: int) -> None:
    """Let an agent answer to the customer from now on; there is always one (DESK rule 1)."""
    _require_active(agent)
    with changing(number, by=by, to="ticket.assign", now=now) as [case]:
        standing(case)
        if case.reading.accountable != agent:
            case.write(e.Accountable(agent=agent), by=actor(by), now=now)


def _require_assignable(case: Case) -> None:
    standing(case)
    if case.reading.status in DONE_STATES:
        raise Conflict("This ticket is solved. Reopen it first.")


def _require_active(agent: int) -> None:
    if not Agent.objects.filter(pk=agent, is_active=True).exists():
        raise DeskError("There is no such agent, or he no longer works here.")


def _name(agent: int) -> str:
    return Agent.objects.filter(pk=agent).values_list("name", flat=True).first() or "?"
