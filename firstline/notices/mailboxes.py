"""The desk's mailboxes as values: for the list, and with their secrets for whoever connects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from firstline.core.errors import NotFound
from firstline.core.text import email_key
from firstline.core.vault import unlock
from firstline.notices.models import Mailbox


@dataclass(frozen=True, slots=True)
class MailboxCard:
    """One address of the desk without any secret."""

    id: int
    address: str
    name: str
    language: str
    team: int | None
    imap_url: str
    imap_auth: str
    smtp_url: str
    plus_addresses: bool
    active: bool
    last_fetch_at: datetime | None
    error: str
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class MailboxAccess:
    """What is needed to connect: URLs without secrets, and the secrets in clear. Never shown, never logged."""

    id: int
    address: str
    name: str
    imap_url: str
    imap_auth: str
    imap_secret: str
    smtp_url: str
    smtp_secret: str

    def __repr__(self) -> str:
        return f"MailboxAccess({self.address!r})"


def mailboxes() -> list[MailboxCard]:
    """Every mailbox, by address."""
    return [MailboxCard(m.pk, m.address, m.name, m.language, m.team_id, m.imap_url, m.imap_auth, m.smtp_url,
                        m.plus_addresses, m.active, m.last_fetch_at, m.error, m.failing_since)
            for m in Mailbox.objects.order_by("address")]


def settings_of(address: str) -> MailboxAccess:
    """How to connect to one mailbox. Raises NotFound, and VaultLocked where the desk's key was changed."""
    row = Mailbox.objects.filter(address=email_key(address)).first()
    if row is None:
        raise NotFound("The desk has no such mailbox.")
    return MailboxAccess(row.pk, row.address, row.name, row.imap_url, row.imap_auth, unlock(row.secret), row.smtp_url,
                         unlock(row.smtp_secret))
