"""A mail is kept raw before anything else happens to it; only then may the door acknowledge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

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
    with transaction.atomic():
        kept = [_keep(one, now=now) for one in arrived]
        for one in arrived:
            if one.mailbox is not None and one.uid is not None:
                Mailbox.objects.filter(pk=one.mailbox).update(uidvalidity=one.uidvalidity, last_uid=one.uid)
        return kept


def _keep(one: Arrived, *, now: datetime) -> TakenIn:
    sha256 = store.digest(one.raw)
    known = Letter.objects.filter(sha256=sha256).values_list("id", flat=True).first()
    if known is not None:
        return TakenIn(known, known=True)
    mailbox = one.mailbox or mailbox_of(one.recipient) or default_mailbox()
    uid_free = one.uid is not None and mailbox is not None and not Letter.objects.filter(
        mailbox_id=mailbox, uidvalidity=one.uidvalidity, uid=one.uid).exists()
    envelope_from = None if one.envelope_from is None else email_key(one.envelope_from)
    letter = Letter(mailbox_id=mailbox, source=one.source, sha256=sha256, received_at=now,
                    size=one.cut_from or len(one.raw), cut_from=one.cut_from,
                    next_at=now, recipient=email_key(one.recipient), envelope_from=envelope_from,
                    uidvalidity=one.uidvalidity if uid_free else None, uid=one.uid if uid_free else None,
                    blob_id=store.put(one.raw, now=now))
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    kept, blob, at = Letter.objects.values_list("id", "blob_id", "received_at").get(sha256=sha256)
    return TakenIn(kept, known=at != now or blob != letter.blob_id)
