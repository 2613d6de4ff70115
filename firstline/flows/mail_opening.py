"""A letter that belongs to no ticket opens one, and its sender is told so within the limits."""

from __future__ import annotations

from datetime import datetime

from firstline.flows import noticing
from firstline.flows.changing import finish
from firstline.flows.copied import propose_copied
from firstline.flows.letter_words import actor_of, contact_of, words_of
from firstline.flows.opening import Birth, bear
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.tickets.desk import lock
from firstline.tickets.models import Link
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import LinkKind


def open_from(letter: Letter, understood: Understood, *, people: dict[str, int], now: datetime,
              follows: int | None = None) -> None:
    """Open a ticket from a letter; `follows` is the old closed ticket that it answers."""
    person = people.get(letter.sender)
    actor = actor_of(person)
    birth = Birth(subject=letter.subject, channel="mail", entered_at=letter.received_at, requester=person,
                  team=letter.mailbox.team_id if letter.mailbox else None,
                  language=understood.letter.language or "", follows=follows)
    case = bear(birth, by=actor, now=now)
    headers = understood.letter.headers
    message = e.Message(channel="mail", person=person, sender=letter.sender, letter=letter.pk,
                        to=tuple(a.email for a in headers.to), cc=tuple(a.email for a in headers.cc),
                        language=understood.letter.language or "")
    entry = case.write(message, by=actor, now=now, happened_at=letter.received_at, public_from=letter.received_at,
                       words=words_of(letter, understood, now=now))
    propose_copied(case, people, actor=actor, now=now)
    cases = [case]
    if follows is not None:
        [old] = lock([follows])
        Link.objects.create(ticket=case.ticket, other=old.ticket, kind=LinkKind.FOLLOWS.value)
        case.write(e.Linked(number=follows, link=LinkKind.FOLLOWS.value), by=actor, now=now)
        if old.reading.confidential:
            case.write(e.Edited(field="confidential", before=False, value=True), by=e.Actor("rule"), now=now)
        old.write(e.Linked(number=case.number, link="follows-of"), by=actor, now=now)
        cases.append(old)
    noticing.receipt(case, letter, understood, now=now)
    finish(cases, now=now)
    letter.ticket, letter.entry, letter.outcome = case.ticket, entry, "opened"
    letter.contact = contact_of(letter, case, person=person)
