"""A ticket is born: from a call, a visit, the portal or a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firstline.accounts.principal import Principal
from firstline.core.errors import Unavailable
from firstline.core.text import line
from firstline.core.time import iso
from firstline.flows import uploads
from firstline.flows.changing import actor, finish
from firstline.flows.known import require_kind, require_known
from firstline.intake.models import Contact, ContactTicket
from firstline.promises import queries as promises
from firstline.routing import queries as routing
from firstline.tickets import desk, settling
from firstline.tickets.desk import Case, Words
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import TicketKind

_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Birth:
    """Facts of a new ticket; what is None takes the desk's default."""

    subject: str
    channel: str
    entered_at: datetime
    requester: int | None = None
    affected: int | None = None
    kind: str = TicketKind.FAULT.value
    team: int | None = None
    priority: int | None = None
    category: int | None = None
    language: str = ""
    follows: int | None = None


def open_ticket(*, by: Principal, now: datetime, subject: str, text: str, requester: int | None,
                channel: str = "phone", kind: str = TicketKind.FAULT.value, team: int | None = None,
                priority: int | None = None, category: int | None = None, affected: int | None = None,
                language: str = "", files: Sequence[uploads.Upload] = ()) -> int:
    """Write a contact down and open its ticket; the agent who did so answers for it. Returns the number."""
    by.require("ticket.open")
    require_kind(kind)
    require_known(priority=priority, category=category, team=team, affected=affected, requester=requester)
    with transaction.atomic():
        birth = Birth(subject=subject, channel=channel, entered_at=now, requester=requester, affected=affected,
                      kind=kind, team=team, priority=priority, category=category, language=language)
        case = bear(birth, by=actor(by), now=now, accountable=by.id if by.kind == "agent" else None)
        case.write(e.Message(channel=channel, person=requester, language=language), by=_speaker(requester, by),
                   now=now, public_from=now, words=Words(text, files=uploads.keep(files, now=now)))
        contact = Contact.objects.create(channel=channel, person_id=requester, began_at=now, ended_at=now,
                                         agent_id=by.id if by.kind == "agent" else None, outcome="tickets",
                                         summary=line(subject))
        ContactTicket.objects.create(contact=contact, ticket=case.ticket, opened=True)
        finish([case], now=now)
        return case.number


def bear(birth: Birth, *, by: e.Actor, now: datetime, accountable: int | None = None) -> Case:
    """The new ticket with its opening, clock and first leg; the story goes on with the case and finishes it."""
    team = birth.team or routing.default_team()
    answers = accountable or routing.lead_of(team)
    if answers is None:
        raise Unavailable("No agent can answer for a ticket yet. Run firstline setup first.")
    event = e.Opened(subject=line(birth.subject) or "(–)", kind=birth.kind, team=team, accountable=answers,
                     priority=birth.priority or routing.default_priority(), channel=birth.channel,
                     entered_at=iso(birth.entered_at) or "", requester=birth.requester,
                     affected=birth.affected or birth.requester, category=birth.category,
                     language=birth.language, follows=birth.follows)
    case = desk.begin(event, by=by, now=now)
    promise = promises.default_promise()
    due_at = promise.due(birth.entered_at, promise.first_answer or _A_DAY)
    settling.start_clock(case, promise=promise.id, due_at=due_at)
    return case


def _speaker(requester: int | None, by: Principal) -> e.Actor:
    return e.Actor("person", requester) if requester is not None else actor(by)
