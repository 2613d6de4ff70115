"""Writing mail into the outbox, in the story's own transaction: bytes and Message-ID are fixed here."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Count, Q

from firstline.core.text import email_key
from firstline.files import store
from firstline.notices.models import Mailbox, Outgoing, Recipient
from firstline.notices.rules import limits, message, tokens
from firstline.notices.words import Wording
from firstline.tickets.models import Entry, Ticket

UNDO = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out: to whom, in which words, about which ticket."""

    mailbox: Mailbox
    ticket: Ticket
    kind: str
    to: tuple[str, ...]
    wording: Wording
    language: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    from_name: str = ""
    automatic: bool = False
    references: tuple[str, ...] = ()
    files: tuple[message.Enclosure, ...] = ()


def key() -> bytes:
    """The key of the desk's mail tokens."""
    return b"firstline.mail:" + settings.SECRET_KEY.encode()


def write(parcel: Parcel, *, entry: Entry | None, now: datetime, wait: timedelta = timedelta()) -> Outgoing:
    """Put one mail into the outbox, to be sent after `wait`."""
    box = parcel.mailbox
    domain = box.address.rpartition("@")[2]
    identifier = tokens.message_id(key(), ticket=parcel.ticket.number, nonce=secrets.token_hex(6), domain=domain)
    reply_to = tokens.reply_address(key(), ticket=parcel.ticket.number, mailbox=box.address) \
        if box.plus_addresses else ""
    raw = message.build(message.Draft(
        from_name=parcel.from_name or box.name, from_address=box.address, to=parcel.to, cc=parcel.cc,
        subject=parcel.wording.subject, text=parcel.wording.text, html=parcel.wording.html, message_id=identifier,
        date=now, language=parcel.language, automatic=parcel.automatic, desk=box.address, reply_to=reply_to,
        references=parcel.references, files=parcel.files))
    everybody = list(dict.fromkeys((*parcel.to, *parcel.cc, *parcel.bcc)))
    outgoing = Outgoing.objects.create(
        ticket=parcel.ticket, entry=entry, mailbox=box, kind=parcel.kind, automatic=parcel.automatic,
        message_id=identifier, envelope_from="" if parcel.automatic else box.address, recipients=everybody,
        blob_id=store.put(raw, now=now), written_at=now, send_after=now + wait, next_at=now + wait)
    Recipient.objects.bulk_create([Recipient(outgoing=outgoing, email=email_key(address), automatic=parcel.automatic,
                                             reached=limits.reached(address), at=now) for address in everybody])
    return outgoing


def references(ticket: Ticket, *, last: str = "") -> tuple[str, ...]:
    """Identifiers that let a mail program thread our mail: our own first ones, then the last letter's, which the mail
    answers."""
    own = Outgoing.objects.filter(ticket=ticket).order_by("id").values_list("message_id", flat=True)[:3]
    return tuple(dict.fromkeys([*own, *([last] if last else [])]))


def automatic_sent(address: str, ticket: int | None, *, now: datetime) -> limits.Sent:
    """What was written automatically in the last hour and day."""
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    counts = Recipient.objects.filter(automatic=True, reached=limits.reached(address), at__gt=day).aggregate(
        day=Count("id"), hour=Count("id", filter=Q(at__gt=hour)))
    about = Outgoing.objects.filter(automatic=True, ticket_id=ticket, written_at__gt=day).aggregate(
        day=Count("id"), hour=Count("id", filter=Q(written_at__gt=hour))) if ticket else {"day": 0, "hour": 0}
    return limits.Sent(counts["hour"], counts["day"], about["hour"], about["day"], automatic_of_desk(now=now))


def automatic_of_desk(*, now: datetime) -> int:
    """How many automatic mails the whole desk wrote within the last hour."""
    return Recipient.objects.filter(automatic=True, at__gt=now - timedelta(hours=1)).count()


def withdraw(entry: Entry) -> bool:
    """Take the mails of an entry back while they have not been claimed for sending; True when all were."""
    mails = Outgoing.objects.filter(entry=entry)
    taken = mails.filter(state="waiting").update(state="withdrawn")
    return taken == mails.count()


def addresses(written: Sequence[str]) -> tuple[str, ...]:
    """Plain addresses out of what an agent typed; what is none is left out."""
    found = (parseaddr(text)[1].strip() for text in written)
    return tuple(dict.fromkeys(address for address in found if "@" in address and address.isprintable()))
