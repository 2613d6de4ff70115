"""What the outbox and the mailboxes say, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from firstline.core.memo import within_batch
from firstline.core.text import email_key
from firstline.notices.models import Mailbox, Outgoing, Recipient
from firstline.notices.rules.tokens import plain_address


@dataclass(frozen=True, slots=True)
class SentMail:
    """One outgoing mail as it stands."""

    id: int
    ticket: int | None
    entry: int | None
    kind: str
    automatic: bool
    message_id: str
    recipients: tuple[str, ...]
    state: str
    written_at: datetime
    send_after: datetime
    sent_at: datetime | None
    attempts: int
    error: str


@within_batch
def our_addresses() -> frozenset[str]:
    """The desk's own addresses, in the form in which they are compared."""
    return frozenset(email_key(address) for address in Mailbox.objects.values_list("address", flat=True))


@within_batch
def mailbox_of(address: str) -> int | None:
    """The mailbox that an address (with or without a token behind a plus) belongs to."""
    return Mailbox.objects.filter(address__in=[email_key(address), plain_address(address)]).values_list(
        "id", flat=True).first()


@within_batch
def default_mailbox() -> int | None:
    """The mailbox for mail that names none of ours: the first active one."""
    return Mailbox.objects.filter(active=True).order_by("id").values_list("id", flat=True).first()


def is_ours(address: str) -> bool:
    """Whether mail for this address (with or without a token) belongs to the desk."""
    return mailbox_of(address) is not None


def mails_of(ticket: int) -> tuple[SentMail, ...]:
    """Every mail that was written about a ticket, oldest first."""
    rows = Outgoing.objects.filter(ticket_id=ticket).order_by("id").values_list(
        "id", "ticket_id", "entry_id", "kind", "automatic", "message_id", "recipients", "state", "written_at",
        "send_after", "sent_at", "attempts", "error")
    return tuple(SentMail(*row[:6], tuple(row[6]), *row[7:]) for row in rows)


def sent_to(identifiers: tuple[str, ...], emails: tuple[str, ...]) -> tuple[int, ...]:
    """Tickets of mails with one of these Message-IDs that went to one of these addresses."""
    rows = Recipient.objects.filter(outgoing__message_id__in=identifiers, email__in=emails).values_list(
        "outgoing__ticket_id", flat=True)
    return tuple(dict.fromkeys(number for number in rows if number is not None))


@within_batch
def smtp_of(mailbox: int) -> tuple[str, str]:
    """A mailbox's own mail server and its locked secret; empty where it uses the desk's."""
    row = Mailbox.objects.filter(pk=mailbox).values_list("smtp_url", "smtp_secret").first()
    return row or ("", "")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is needed to fetch a mailbox; `secret` is locked."""

    id: int
    address: str
    name: str
    imap_url: str
    imap_auth: str
    secret: str


def mailboxes_to_fetch() -> tuple[Fetched, ...]:
    """The active mailboxes that are read by IMAP."""
    rows = Mailbox.objects.filter(active=True).exclude(imap_url="").order_by("id").values_list(
        "id", "address", "name", "imap_url", "imap_auth", "secret")
    return tuple(Fetched(*row) for row in rows)


def last_uid_of(mailbox: int, uidvalidity: int) -> int:
    """The greatest UID that was stored under this UIDVALIDITY; 0 for none."""
    return Mailbox.objects.filter(pk=mailbox, uidvalidity=uidvalidity).values_list("last_uid", flat=True).first() or 0
