"""What the letters say, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.core.errors import NotFound
from firstline.files import store
from firstline.intake.models import ContactTicket, Letter


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter's raw bytes with its envelope."""

    id: int
    raw: bytes
    envelope_from: str | None


def kept_letter(letter: int) -> KeptLetter:
    """The raw bytes of a letter, for the worker. Raises NotFound."""
    row = Letter.objects.filter(pk=letter).values_list("blob__content", "blob__key", "envelope_from").first()
    if row is None:
        raise NotFound("There is no such letter.")
    return KeptLetter(letter, store.read(row[0], row[1]), row[2])


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as it stands; `notes` are keys of what was cut or odd."""

    id: int
    source: str
    state: str
    outcome: str
    verdict: str
    reason: str
    sender: str
    subject: str
    received_at: datetime
    message_id: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact as it was written down."""

    id: int
    channel: str
    direction: str
    began_at: datetime
    ended_at: datetime | None
    outcome: str
    opened: bool


def letters_of(ticket: int) -> tuple[LetterLine, ...]:
    """The letters that opened or joined a ticket, oldest first."""
    rows = Letter.objects.filter(ticket_id=ticket).order_by("id").values_list(
        "id", "source", "state", "outcome", "verdict", "reason", "sender", "subject", "received_at", "message_id",
        "notes")
    return tuple(LetterLine(*row[:-1], tuple(row[-1])) for row in rows)


def contacts_of(ticket: int) -> tuple[ContactLine, ...]:
    """The contacts that opened or touched a ticket, oldest first."""
    rows = ContactTicket.objects.filter(ticket_id=ticket).order_by("contact_id").values_list(
        "contact_id", "contact__channel", "contact__direction", "contact__began_at", "contact__ended_at",
        "contact__outcome", "opened")
    return tuple(ContactLine(*row) for row in rows)


def outcome_of(letter: int) -> dict[str, Any]:
    """What became of a letter, as `firstline deliver --json` says it. Raises NotFound."""
    row = Letter.objects.filter(pk=letter).values_list("state", "outcome", "verdict", "ticket_id", "reason").first()
    if row is None:
        raise NotFound("There is no such letter.")
    state, outcome, verdict, ticket, reason = row
    said = outcome if state == "done" else state
    return {"letter": letter, "outcome": said if said != "received" else "stored", "verdict": verdict or None,
            "ticket": ticket, "reason": reason or None}
