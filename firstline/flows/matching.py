"""Gathers what a letter claims about tickets, for the pure rule that decides."""

from __future__ import annotations

import re

from firstline.core.text import email_key
from firstline.flows.merging import root_of
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.intake.rules.matching import Claim, Match, Proof, match
from firstline.notices import outbox, queries
from firstline.notices.rules import tokens
from firstline.people.models import Person
from firstline.tickets.models import Body, Participant, Ticket

_NUMBER = re.compile(r"\[#(\d{1,15})\]")
_MOST = 60


def match_letter(letter: Letter, understood: Understood, *, sender: int | None) -> Match:
    """Join, hold or new, with the ticket at the end of its merges."""
    claims = []
    for number, proof, sent_to_him in _named(letter, understood):
        if not Ticket.objects.filter(pk=number).exists():
            continue
        root = root_of(number)
        takes_part = sender is not None and (takes_part_in(root, sender) or takes_part_in(number, sender))
        claims.append(Claim(root, proof, takes_part and sent_to_him is not False, sent_to_him=bool(sent_to_him)))
    return match(claims)


def _named(letter: Letter, understood: Understood) -> list[tuple[int, Proof, bool | None]]:
    """Every ticket that the letter names: number, how, and whether the mail it names went to this sender.

    None: not known (an address token or a subject). False: a token that is not ours, so forged.
    """
    headers, key = understood.letter.headers, outbox.key()
    found: list[tuple[int, Proof, bool | None]] = []
    receivers = [letter.recipient, *(a.email for a in (*headers.to, *headers.cc)), *headers.all("delivered-to"),
                 *headers.all("x-original-to")]
    for address in receivers[:_MOST]:
        number = tokens.ticket_of_address(key, address)
        if number is not None:
            found.append((number, "token", None))
    identifiers = tuple(dict.fromkeys((*headers.in_reply_to, *headers.references)))[:_MOST]
    to_him = set(queries.sent_to(identifiers, (email_key(letter.sender),))) if identifiers else set()
    for identifier in identifiers:
        number = tokens.ticket_of_message_id(key, identifier)
        if number is not None:
            found.append((number, "token", True if number in to_him else None))
        elif (claimed := tokens.claimed_by_message_id(identifier)) is not None:
            found.append((claimed, "references", False))
    found.extend((number, "references", True) for number in sorted(to_him))
    found.extend((int(number), "subject", None) for number in _NUMBER.findall(letter.subject)[:3])
    return list(dict.fromkeys(found))


def takes_part_in(number: int, person: int) -> bool:
    """Whether a person (after merges) is the requester, the affected person or an accepted participant."""
    ticket = Ticket.objects.filter(pk=number).values_list("requester_id", "affected_id").first()
    if ticket is None:
        return False
    accepted = Participant.objects.filter(ticket_id=number, state="accepted").values_list("person_id", flat=True)
    everybody = {one for one in (*ticket, *accepted) if one is not None}
    if person in everybody:
        return True
    roots = dict(Person.objects.filter(pk__in=[*everybody, person]).values_list("pk", "canonical_id"))
    return (roots.get(person) or person) in {roots.get(one) or one for one in everybody}


def texts_sent(understood: Understood) -> tuple[str, ...]:
    """What we wrote in the mails that this letter refers to: its quotation is known by them. At most five texts."""
    headers = understood.letter.headers
    identifiers = tuple(dict.fromkeys((*headers.in_reply_to, *headers.references)))[:_MOST]
    ours = [one for one in identifiers if tokens.ticket_of_message_id(outbox.key(), one) is not None]
    if not ours:
        return ()
    rows = Body.objects.filter(entry__outgoing__message_id__in=ours, entry__outgoing__kind="reply")
    return tuple(rows.order_by("-entry_id").values_list("text", flat=True)[:5])
