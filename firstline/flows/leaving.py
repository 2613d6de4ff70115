"""An agent leaves: nobody who waits for him is left without somebody who answers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from firstline.accounts.models import Agent
from firstline.accounts.principal import Principal
from firstline.flows import agents, assigning
from firstline.routing.queries import lead_of
from firstline.tickets.models import Ticket
from firstline.tickets.rules.states import OPEN_STATES, Status


def leave(agent: int, *, by: Principal, now: datetime) -> tuple[int, ...]:
    """Sign the agent out for good and hand on what he held; the numbers of these tickets.

    For each ticket the lead of its team answers from now on (DESK rule 1), in its own transaction and journey; what
    he worked on is nobody's and waits in the team. Harmless to repeat after an interruption.
    """
    if Agent.objects.filter(pk=agent, is_active=True).exists():
        agents.deactivate(agent, by=by, now=now)
    numbers = _held(agent)
    for number in numbers:
        _hand_on(number, agent, by=by, now=now)
    return tuple(numbers)


def _held(agent: int) -> list[int]:
    mine = Q(accountable=agent) | Q(assignee=agent)
    standing = Ticket.objects.filter(mine, status__in=(*OPEN_STATES, Status.SOLVED.value), merged_into=None)
    return list(standing.order_by("number").values_list("number", flat=True))


def _hand_on(number: int, agent: int, *, by: Principal, now: datetime) -> None:
    team, accountable, assignee, status = Ticket.objects.values_list(
        "team_id", "accountable_id", "assignee_id", "status").get(pk=number)
    if accountable == agent:
        assigning.answer_for(number, by=by, now=now, agent=lead_of(team))
    if assignee == agent and status in OPEN_STATES:
        assigning.assign(number, by=by, now=now, agent=None)
