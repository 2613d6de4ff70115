"""A kept letter is understood and becomes what it is: a ticket, a reply, an automatic mail, a bounce."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from firstline.core.errors import Conflict
from firstline.core.text import line
from firstline.flows import bouncing, mail_joining, mail_opening, matching, people_changing
from firstline.intake.mail.understanding import Understood
from firstline.intake.models import Letter
from firstline.intake.rules.matching import Match
from firstline.work import changes


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a letter; `ticket` is None where none was touched."""

    letter: int
    outcome: str
    verdict: str
    ticket: int | None
    reason: str


_TOUCHED = ("message_id", "sender", "subject", "verdict", "reason", "notes", "outcome", "state", "same_key", "ticket",
            "claims", "entry", "contact", "handled_at", "lease_until", "claimed_by")


def receive(letter_id: int, understood: Understood, *, worker: str, now: datetime) -> Became:
    """Let one letter that `worker` has claimed become what it is, in one transaction. Raises Conflict when it is
    no longer the worker's."""
    try:
        return _receive(letter_id, understood, worker=worker, now=now)
    except IntegrityError:
        # A copy of this message was let in at the same moment and holds the key: looking again finds it.
        return _receive(letter_id, understood, worker=worker, now=now)


def _receive(letter_id: int, understood: Understood, *, worker: str, now: datetime) -> Became:
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=letter_id)
        if letter.state != "working" or letter.claimed_by != worker:
            raise Conflict("Another worker has this letter.")
        _write_facts(letter, understood)
        if _came_before(letter, understood):
            letter.outcome, letter.reason = "duplicate", "the same message came before"
            letter.claims_id = _ticket_of_first(letter, understood)
        else:
            _become(letter, understood, now=now)
        letter.state = "quarantined" if letter.outcome == "quarantined" else "done"
        letter.handled_at, letter.lease_until, letter.claimed_by = now, None, ""
        letter.save(update_fields=_TOUCHED)
        changes.note("letter", [letter.pk], now=now)
        return Became(letter.pk, letter.outcome, letter.verdict, letter.ticket_id, letter.reason)


def _write_facts(letter: Letter, understood: Understood) -> None:
    headers = understood.letter.headers
    # An index of PostgreSQL takes no longer ones, and beyond ASCII a letter has more bytes than signs (RFC 6532).
    letter.message_id = headers.message_id.encode()[:998].decode("utf-8", "ignore")
    letter.sender = headers.sender.email[:254] if headers.sender else ""
    letter.subject = line(headers.subject)
    letter.verdict = understood.judgement.verdict
    letter.reason = understood.judgement.reason
    letter.notes = [*understood.letter.notes, *(["cap:participants"] if mail_joining.crowded(understood) else [])]


def _came_before(letter: Letter, understood: Understood) -> bool:
    """Whether this message was let in before; if not, this letter takes its key, which no two rows can have."""
    if letter.same_key is not None:
        return False
    key = _same_key(letter, understood)
    if Letter.objects.filter(same_key=key).exists():
        return True
    letter.same_key = key
    if letter.message_id and Letter.objects.filter(message_id=letter.message_id).exclude(pk=letter.pk).exists():
        letter.notes.append("message-id:used-before")
    return False


def _same_key(letter: Letter, understood: Understood) -> str:
    return hashlib.sha256(f"{letter.message_id}\x1f{understood.letter.sameness}".encode()).hexdigest()


def _ticket_of_first(letter: Letter, understood: Understood) -> int | None:
    """The ticket of the letter of which this one is a copy: whoever may not see that may not see the copy."""
    key = _same_key(letter, understood)
    first = Letter.objects.filter(same_key=key).values_list("ticket_id", "claims_id").first()
    return (first[0] or first[1]) if first else None


def _become(letter: Letter, understood: Understood, *, now: datetime) -> None:
    verdict = understood.judgement.verdict
    if letter.ruling:
        _said(letter, understood, now=now)
    elif verdict == "suspicious":
        letter.outcome = "quarantined"
    elif verdict in ("bounce", "report"):
        bouncing.take_report(letter, understood, now=now)
    elif verdict in ("absence", "loop"):
        bouncing.take_automatic(letter, understood, now=now)
    else:
        _said(letter, understood, now=now)


def _said(letter: Letter, understood: Understood, *, now: datetime) -> None:
    """A person (or a list, or a machine that deserves a ticket) says something."""
    people = people_changing.recognise_all(mail_joining.everybody(understood), now=now)
    found = _ruled(letter) or matching.match_letter(letter, understood, sender=people.get(letter.sender))
    if found.outcome == "join" and found.ticket is not None:
        mail_joining.join(letter, understood, number=found.ticket, why=found.why, people=people, now=now)
    elif found.outcome == "hold" and found.ticket is not None:
        mail_joining.hold(letter, number=found.ticket, why=found.why, now=now)
    else:
        mail_opening.open_from(letter, understood, people=people, now=now)


def _ruled(letter: Letter) -> Match | None:
    """What a person decided about a held letter; None where nobody has."""
    if letter.ruling == "let-in" and letter.claims_id is not None:
        return Match("join", letter.claims_id, "let-in")
    return Match("new") if letter.ruling else None
