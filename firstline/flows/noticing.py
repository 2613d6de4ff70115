"""Automatic mail is written within its limits, or what was withheld stands on the ticket."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings

from firstline.flows import addressing
from firstline.intake.mail.authentication import aligned
from firstline.intake.mail.screening import may_answer
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.notices import outbox, words
from firstline.notices.rules import limits
from firstline.people.models import Address
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e
from firstline.work import beats

_BREAKER = "breaker:automatic-mail"


def receipt(case: Case, letter: Letter, understood: Understood, *, now: datetime) -> None:
    """Tell the sender that his letter has a number, unless that could feed a loop or a flood."""
    if letter.ruling or not may_answer(understood.judgement, understood.letter):
        _withhold(case, letter.sender, "was-held" if letter.ruling else "automatic-mail", now=now)
        return
    way = addressing.way_back(case, letter.mailbox, to=letter.sender)
    list(Address.objects.select_for_update().filter(email=letter.sender).values_list("id"))
    proved = _proved(letter, understood)
    sent = outbox.automatic_sent(way.to[0], None if case.born else case.number, now=now)
    refused = limits.refusal(sent, proved=proved)
    if refused is not None:
        _withhold(case, way.to[0], refused, now=now)
        if refused == "desk-breaker":
            beats.ail(_BREAKER, now=now, data={"sentence": "Too many automatic mails in an hour."})
        return
    due = _told(case, way.language)
    wording = words.receipt(number=case.number, due=due, language=way.language, marker=way.marker,
                            desk=way.mailbox.name or way.mailbox.address)
    entry = case.write(e.Notified(notice="receipt", to=way.to[:1]), by=e.Actor("system"), now=now)
    case.flush()
    parcel = outbox.Parcel(mailbox=way.mailbox, ticket=case.ticket, kind="receipt", to=way.to[:1], wording=wording,
                           language=way.language, automatic=True,
                           references=(letter.message_id,) if letter.message_id else ())
    outbox.write(parcel, entry=entry, now=now)
    if proved:
        Address.objects.filter(email=letter.sender).update(proved_at=now)


def breaker_rests(*, now: datetime) -> None:
    """The alarm about too many automatic mails ends when the hour is over."""
    if beats.ails(_BREAKER) and outbox.automatic_of_desk(now=now) < limits.DESK_AN_HOUR:
        beats.beat(_BREAKER, now=now)


def _withhold(case: Case, to: str, reason: str, *, now: datetime) -> None:
    if to:
        case.write(e.Withheld(notice="receipt", to=to, reason=reason), by=e.Actor("rule"), now=now)


def _proved(letter: Letter, understood: Understood) -> bool:
    """Only what this very letter carries proves its sender: aligned DMARC seen by a server that we trust."""
    trusted = letter.mailbox.trusted_authserv.lower().split() if letter.mailbox else []
    return bool(trusted) and aligned(understood.letter.headers, trusted=frozenset(trusted))


def _told(case: Case, language: str) -> str:
    """The time of the first answer as the reader writes it."""
    due = case.ticket.due_at
    zone = ZoneInfo(settings.CONFIG.time_zone)
    return format_datetime(due.astimezone(zone), "EEEE, d MMMM y HH:mm", locale=language) if due else "–"
