"""One ticket's whole story, in at most eight queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from firstline.accounts.principal import Principal
from firstline.core.errors import NotFound
from firstline.tickets.queries.directory import directory, persons
from firstline.tickets.queries.lines import lines
from firstline.tickets.queries.reading_rows import moment, rows, values
from firstline.tickets.queries.sight import Sight, sight
from firstline.tickets.queries.values import (
    OtherTicket,
    RunningClock,
    Said,
    Story,
    TicketParticipant,
)
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.measuring import legs, participants

_TICKET = """
SELECT number, subject, kind, status, priority_id, team_id, assignee_id, accountable_id, requester_id, affected_id,
       category_id, language, confidential, entered_at, last_at, due_at, wait_until, solved_at, closed_at, reopenings,
       merged_into_id, tags, seq
FROM ticket WHERE number = %s
"""
_CLOCKS = "SELECT measure, started_at, due_at, met_at, stopped_at FROM clock WHERE ticket_id = %s ORDER BY due_at"
_OTHERS = """
SELECT t.number, t.subject, t.status, t.last_at, x.link FROM (
    SELECT l.other_id AS number, l.kind AS link FROM ticket_link l WHERE l.ticket_id = %s
    UNION ALL
    SELECT l.ticket_id, l.kind || '-of' FROM ticket_link l WHERE l.other_id = %s
    UNION ALL
    SELECT s.number, '' FROM (SELECT number FROM ticket WHERE requester_id = %s AND number <> %s
                              ORDER BY number DESC LIMIT 7) s
) x JOIN ticket t ON t.number = x.number WHERE {} ORDER BY t.number DESC
"""
_PERSON_FIELDS = ("person", "requester", "affected")


def story(number: int, *, principal: Principal) -> Story:
    """The story of ticket `number`. Raises NotFound if it is missing or this principal may not know of it."""
    reach = sight(principal)
    ticket = _readable(number, reach)
    told = lines(number, sight=reach, reader=reach.agent)
    states = participants(told.own)
    people = persons(_persons_in(told.said, ticket, states))
    others = _others(number, ticket["requester"], reach)
    return Story(
        **ticket, lines=told.said, hidden=told.hidden, legs=legs(told.own), clocks=_clocks(number),
        participants=tuple(TicketParticipant(people[person], state) for person, state in states.items()
                           if person in people),
        links=tuple(other for other in others if other.link),
        recent=tuple(other for other in others if not other.link), merged=told.merged,
        directory=directory(language=principal.language, people=people))


def _readable(number: int, reach: Sight) -> dict[str, Any]:
    found = rows(_TICKET, [number])
    if not found:
        raise NotFound("There is no such ticket.")
    (number, subject, kind, status, priority, team, assignee, accountable, requester, affected, category, language,
     confidential, entered, last, due, wait, solved, closed, reopenings, merged, tags, seq) = found[0]
    if not reach.allows(team=team, assignee=assignee, accountable=accountable, status=status,
                        confidential=bool(confidential)):
        raise NotFound("There is no such ticket.")
    return {"number": number, "subject": subject, "kind": kind, "status": status, "priority": priority, "team": team,
            "assignee": assignee, "accountable": accountable, "requester": requester, "affected": affected,
            "category": category, "language": language, "confidential": bool(confidential),
            "entered_at": moment(entered), "last_at": moment(last), "due_at": moment(due), "wait_until": moment(wait),
            "solved_at": moment(solved), "closed_at": moment(closed), "reopenings": reopenings, "merged_into": merged,
            "tags": tuple(values(tags)), "seq": seq}


def _persons_in(said: Sequence[Said], ticket: dict[str, Any], states: Iterable[int]) -> set[int]:
    """The ids of every person that the page names."""
    found = {ticket["requester"], ticket["affected"], *states}
    for line in said:
        if line.actor.kind == "person":
            found.add(line.actor.id)
        if isinstance(line.event, e.Edited):
            if line.event.field in _PERSON_FIELDS:
                found |= {line.event.before, line.event.value}
        else:
            found |= {getattr(line.event, field.name) for field in fields(line.event) if field.name in _PERSON_FIELDS}
    return {person for person in found if isinstance(person, int)}


def _clocks(number: int) -> tuple[RunningClock, ...]:
    return tuple(RunningClock(measure, moment(started), moment(due), moment(met), moment(stopped))
                 for measure, started, due, met, stopped in rows(_CLOCKS, [number]))


def _others(number: int, requester: int | None, reach: Sight) -> list[OtherTicket]:
    """Linked tickets and the requester's last ones, as far as the reader may see them."""
    condition, parameters = reach.sql()
    found = rows(_OTHERS.format(condition), [number, number, requester or 0, number, *parameters])
    return [OtherTicket(other, subject, status, moment(last), link) for other, subject, status, last, link in found]


