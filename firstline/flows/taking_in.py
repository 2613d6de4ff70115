"""A mail is kept raw before anything else happens to it; only then may the door acknowledge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firstline.core import memo
from firstline.core.errors import DeskError
from firstline.core.text import email_key
from firstline.files import store
from firstline.intake.models import Letter
from firstline.notices.models import Mailbox
from firstline.notices.queries import default_mailbox, mailbox_of


@dataclass(frozen=True, slots=True)
class Arrived:
    """Raw bytes with what the door knows about them. `cut_from` is the true size of a mail that was too large
    to be taken whole; then `raw` is its beginning."""

    raw: bytes
    source: str
    mailbox: int | None = None
    recipient: str = ""
    envelope_from: str | None = None
    uidvalidity: int | None = None
    uid: int | None = None
    cut_from: int | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The letter's number; `known` says that these very bytes had come before."""

    letter: int
    known: bool


def take_in(arrived: Arrived, *, now: datetime) -> TakenIn:
    """Keep one mail. Returns after the commit; repeating it is harmless."""
    return take_in_all([arrived], now=now)[0]


def take_in_all(arrived: Sequence[Arrived], *, now: datetime) -> list[TakenIn]:
    """Keep several mails in one commit, in the order given."""
    for one in arrived:
        if not one.raw:
            raise DeskError("The mail is empty.")
    with transaction.atomic(), memo.batch():
        kept = _keep(arrived, now=now)
        for one in arrived:
            if one.mailbox is not None and one.uid is not None:
                Mailbox.objects.filter(pk=one.mailbox).update(uidvalidity=one.uidvalidity, last_uid=one.uid)
        return kept


def _keep(arrived: Sequence[Arrived], *, now: datetime) -> list[TakenIn]:
    """A handful of statements for all of them: a commit is shared, so is the way to it."""
    marks = [store.digest(one.raw) for one in arrived]
    known = dict(Letter.objects.filter(sha256__in=marks).values_list("sha256", "id"))
    fresh: dict[str, Arrived] = {}
    for mark, one in zip(marks, arrived, strict=True):
        if mark not in known:
            fresh.setdefault(mark, one)
    if not fresh:
        return [TakenIn(known[mark], known=True) for mark in marks]
    blobs = dict(zip(fresh, store.put_all([one.raw for one in fresh.values()], now=now), strict=True))
    taken: set[tuple[int | None, int | None, int | None]] = set()
    letters = [_letter(one, mark, blobs[mark], taken, now=now) for mark, one in fresh.items()]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    found: list[TakenIn] = []
    rows = {row[0]: row[1:] for row in Letter.objects.filter(sha256__in=list(fresh)).values_list(
        "sha256", "id", "blob_id", "received_at")}
    for mark in marks:
        if mark in known:
            found.append(TakenIn(known[mark], known=True))
            continue
        kept, blob, at = rows[mark]
        known[mark] = kept
        found.append(TakenIn(kept, known=at != now or blob != blobs[mark]))
    return found


def _letter(one: Arrived, sha256: str, blob: int, taken: set[tuple[int | None, int | None, int | None]], *,
            now: datetime) -> Letter:
    """A letter's row; its place in the mailbox only where no other letter stands there (UIDs come again)."""
    mailbox = one.mailbox or mailbox_of(one.recipient) or default_mailbox()
    place = mailbox, one.uidvalidity, one.uid
    free = one.uid is not None and mailbox is not None and place not in taken and not Letter.objects.filter(
        mailbox_id=mailbox, uidvalidity=one.uidvalidity, uid=one.uid).exists()
    taken.add(place)
    return Letter(mailbox_id=mailbox, source=one.source, sha256=sha256, received_at=now,
                  size=one.cut_from or len(one.raw), cut_from=one.cut_from, next_at=now,
                  recipient=email_key(one.recipient),
                  envelope_from=None if one.envelope_from is None else email_key(one.envelope_from),
                  uidvalidity=one.uidvalidity if free else None, uid=one.uid if free else None, blob_id=blob)
