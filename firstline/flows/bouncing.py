"""Delivery reports and automatic answers are tied to what they speak of; forged ones are inert."""

from __future__ import annotations

from datetime import datetime

from firstline.core.text import email_key
from firstline.flows.changing import finish
from firstline.flows.coming_back import come_back
from firstline.flows.merging import lock_root
from firstline.intake.mail.letter import Bounced
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.notices import outbox
from firstline.notices.models import Outgoing, Recipient
from firstline.notices.rules import tokens
from firstline.people.models import Address
from firstline.tickets.desk import Words
from firstline.tickets.rules import entries as e

DEAD_ADDRESS = frozenset({"userunknown", "hostunknown", "hasmoved", "notaccept"})


def take_report(letter: Letter, understood: Understood, *, now: datetime) -> None:
    """Tie a bounce to the mail of ours that bounced. It acts only for a Message-ID whose token is ours and for
    addresses that this mail really went to; all else is kept and does nothing."""
    letter.outcome = "bounce"
    identifier = understood.original_message_id
    if tokens.ticket_of_message_id(outbox.key(), identifier) is None:
        return
    mail = Outgoing.objects.filter(message_id=identifier).select_related("ticket").first()
    if mail is None or mail.ticket is None:
        return
    asked = set(Recipient.objects.filter(outgoing=mail).values_list("email", flat=True))
    real = [one for one in understood.bounced if email_key(one.recipient) in asked]
    if not real:
        return
    case = lock_root(mail.ticket.number)
    entries = [case.write(e.Bounced(recipient=one.recipient, status=one.status, bounce=one.kind, reason=one.reason,
                                    letter=letter.pk), by=e.Actor("system"), now=now) for one in real]
    permanent = [one for one in real if one.kind == "permanent"]
    first = _flag(mail, permanent, now=now)
    if first and mail.kind == "reply":
        come_back(case, reason="bounced", now=now)
    finish([case], now=now)
    letter.ticket, letter.entry = case.ticket, entries[0]


def _flag(mail: Outgoing, permanent: list[Bounced], *, now: datetime) -> bool:
    """Flag addresses that are not reached; True when this mail had not bounced for them before (no storm)."""
    keys = [email_key(one.recipient) for one in permanent]
    fresh = Recipient.objects.filter(outgoing=mail, email__in=keys, bounced_at=None).update(bounced_at=now)
    for one in permanent:
        if one.reason not in DEAD_ADDRESS:
            continue
        Address.objects.filter(email=email_key(one.recipient), bouncing_since=None).update(
            bouncing_since=now, bounce_reason=one.reason[:60])
    return bool(fresh)


def take_automatic(letter: Letter, understood: Understood, *, now: datetime) -> None:
    """An absence or a loop: a line for agents where our token ties it to a ticket, else a row on the letters page."""
    letter.outcome = "automatic"
    headers = understood.letter.headers
    named = (tokens.ticket_of_message_id(outbox.key(), one) for one in (*headers.in_reply_to, *headers.references))
    number = next((one for one in named if one), None)
    if number is None or not Outgoing.objects.filter(ticket_id=number).exists():
        return
    case = lock_root(number)
    words = Words(understood.cut.reply, understood.cut.quoted)
    entry = case.write(e.Automatic(verdict=understood.judgement.verdict, sender=letter.sender, letter=letter.pk),
                       by=e.Actor("system"), now=now, words=words)
    finish([case], now=now)
    letter.ticket, letter.entry = case.ticket, entry
