"""The letters page: what came in, what waits for a person and why, and how the mailboxes are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from firstline.accounts.principal import Principal
from firstline.core.errors import NotFound
from firstline.files import store
from firstline.intake.models import Letter
from firstline.notices.models import Mailbox
from firstline.tickets.queries import Sight, sight

WAITS = ("failed", "quarantined")


@dataclass(frozen=True, slots=True)
class LetterCard:
    """One letter as far as its reader may know it; `ticket` and `claims` are None where he may not see them."""

    id: int
    mailbox: str
    source: str
    received_at: datetime
    state: str
    outcome: str
    verdict: str
    reason: str
    sender: str
    subject: str
    size: int
    attempts: int
    ticket: int | None
    claims: int | None
    message_id: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailboxState:
    """One mailbox: when it was read last, and what ails it."""

    id: int
    address: str
    name: str
    active: bool
    fetched: bool
    last_fetch_at: datetime | None
    error: str
    failing_since: datetime | None
    token_expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class LettersPage:
    """What waits for a person, the last letters, the mailboxes, and whether there are more."""

    waiting: tuple[LetterCard, ...]
    recent: tuple[LetterCard, ...]
    mailboxes: tuple[MailboxState, ...]
    after: int | None


_COLUMNS = ("id", "mailbox__address", "source", "received_at", "state", "outcome", "verdict", "reason", "sender",
            "subject", "size", "attempts", "message_id", "notes",
            "ticket_id", "ticket__team_id", "ticket__assignee_id", "ticket__accountable_id", "ticket__status",
            "ticket__confidential",
            "claims_id", "claims__team_id", "claims__assignee_id", "claims__accountable_id", "claims__status",
            "claims__confidential")


def letters_page(*, principal: Principal, after: int | None = None, limit: int = 50) -> LettersPage:
    """The page of letters, newest first, in three queries; those of tickets secret to the reader stay out."""
    principal.require("letters.see")
    reach = sight(principal)
    waiting = _cards(Letter.objects.filter(state__in=WAITS).order_by("-id")[:200], reach)
    older = Letter.objects.filter(id__lt=after) if after else Letter.objects.all()
    found = list(older.exclude(state__in=WAITS).order_by("-id").values_list(*_COLUMNS)[:limit + 1])
    recent = tuple(card for card in (_card(row, reach) for row in found[:limit]) if card)
    boxes = Mailbox.objects.order_by("address").values_list(
        "id", "address", "name", "active", "imap_url", "last_fetch_at", "error", "failing_since", "token_expires_at")
    states = tuple(MailboxState(*row[:4], bool(row[4]), *row[5:]) for row in boxes)
    return LettersPage(waiting, recent, states, found[limit - 1][0] if len(found) > limit else None)


def letter(number: int, *, principal: Principal) -> LetterCard:
    """One letter. Raises NotFound, also where it belongs to a ticket that its reader may not see."""
    if not principal.may("letters.see"):
        raise NotFound("There is no such letter.")
    found = _cards(Letter.objects.filter(pk=number), sight(principal))
    if not found:
        raise NotFound("There is no such letter.")
    return found[0]


def raw(number: int, *, principal: Principal) -> bytes:
    """The bytes of a letter as they came in. Needs letters.raw; raises NotFound without it."""
    if not principal.may("letters.raw"):
        raise NotFound("There is no such letter.")
    letter(number, principal=principal)
    return store.get(Letter.objects.values_list("blob_id", flat=True).get(pk=number))


def _cards(rows: QuerySet[Letter, Letter], reach: Sight) -> tuple[LetterCard, ...]:
    return tuple(card for card in (_card(row, reach) for row in rows.values_list(*_COLUMNS)) if card)


def _card(row: tuple[Any, ...], reach: Sight) -> LetterCard | None:
    """The card, or None where the letter's ticket is confidential and not for this reader."""
    for tied, *readings, confidential in (row[14:20], row[20:26]):
        if tied is not None and confidential and not _sees(reach, readings, confidential=True):
            return None
    ticket = row[14] if row[14] and _sees(reach, row[15:19], confidential=row[19]) else None
    claims = row[20] if row[20] and _sees(reach, row[21:25], confidential=row[25]) else None
    (number, mailbox, source, received, state, outcome, verdict, reason, sender, subject, size, attempts,
     message_id, notes) = row[:14]
    return LetterCard(number, mailbox or "", source, received, state, outcome, verdict, reason, sender, subject, size,
                      attempts, ticket, claims, message_id, tuple(notes))


def _sees(reach: Sight, readings: Any, *, confidential: bool) -> bool:
    team, assignee, accountable, status = readings
    return reach.allows(team=team, assignee=assignee, accountable=accountable, status=status,
                        confidential=confidential)
