"""A letter that answers joins its ticket; one that claims a ticket without the right is held for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from firstline.flows import mail_opening
from firstline.flows.changing import finish
from firstline.flows.copied import propose_copied
from firstline.flows.letter_words import actor_of, contact_of, words_of
from firstline.flows.matching import takes_part_in
from firstline.flows.merging import lock_root
from firstline.intake.mail.letter import Mailaddress
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.notices.queries import our_addresses
from firstline.notices.rules.tokens import plain_address
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, WAITING_STATES, Status

REOPENS_FOR = timedelta(days=14)
MOST_PEOPLE = 50


def join(letter: Letter, understood: Understood, *, number: int, why: str, people: dict[str, int],
         now: datetime) -> None:
    """Add the letter to its ticket. What waited goes on, what was solved reopens; long closed tickets are followed
    by a new, linked one. Only a participant's words (or a letter that an agent let in) are public: what a supplier
    answers to a forwarded mail stays inside.
    """
    case = lock_root(number)
    if _long_over(case, letter):
        mail_opening.open_from(letter, understood, people=people, now=now, follows=case.number)
        return
    person = people.get(letter.sender)
    actor = actor_of(person)
    headers = understood.letter.headers
    message = e.Message(channel="mail", person=person, sender=letter.sender, letter=letter.pk, matched_by=why,
                        to=tuple(a.email for a in headers.to), cc=tuple(a.email for a in headers.cc),
                        language=understood.letter.language or "")
    if why == "let-in":
        case.write(e.LetIn(letter=letter.pk), by=_judge(letter), now=now)
    belongs = why == "let-in" or (person is not None and takes_part_in(case.number, person))
    entry = case.write(message, by=actor, now=now, happened_at=letter.received_at,
                       public_from=letter.received_at if belongs else None,
                       words=words_of(letter, understood, now=now))
    if case.reading.status in DONE_STATES:
        case.write(e.Reopened(before=case.reading.status, reason="answer"), by=actor, now=now)
    elif case.reading.status in WAITING_STATES:
        changed = e.StatusChanged(status=Status.OPEN.value, before=case.reading.status, reason="answer")
        case.write(changed, by=actor, now=now)
    propose_copied(case, people, actor=actor, now=now)
    finish([case], now=now)
    letter.ticket, letter.entry, letter.outcome = case.ticket, entry, "joined"
    letter.contact = contact_of(letter, case, person=person)


def hold(letter: Letter, *, number: int, why: str, now: datetime) -> None:
    """Keep a letter back for agents: the ticket shows that something waits, the customer sees nothing."""
    case = lock_root(number)
    case.write(e.Held(letter=letter.pk, sender=letter.sender, reason=why), by=e.Actor("rule"), now=now)
    finish([case], now=now)
    letter.claims, letter.outcome, letter.reason = case.ticket, "quarantined", why


def everybody(understood: Understood) -> dict[str, str]:
    """The addresses that a letter names (sender, To, Cc), with their names, but not our own; at most 50."""
    ours = our_addresses()
    return {a.email: a.name for a in _named(understood)[:MOST_PEOPLE]
            if a.email and plain_address(a.email) not in ours}


def crowded(understood: Understood) -> bool:
    """Whether the letter names more people than are taken over."""
    return len(_named(understood)) > MOST_PEOPLE


def _named(understood: Understood) -> list[Mailaddress]:
    headers = understood.letter.headers
    return ([headers.sender] if headers.sender else []) + [*headers.to, *headers.cc]


def _long_over(case: Case, letter: Letter) -> bool:
    ended = case.reading.solved_at or case.reading.closed_at
    return case.reading.status in DONE_STATES and ended is not None and letter.received_at - ended > REOPENS_FOR


def _judge(letter: Letter) -> e.Actor:
    return e.Actor("agent", letter.ruled_by) if letter.ruled_by else e.Actor("system")
