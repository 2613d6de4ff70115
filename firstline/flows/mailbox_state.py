"""How it stands with fetching a mailbox is written down, and trouble that lasts raises an alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from firstline.notices.models import Mailbox
from firstline.work import beats, changes

PATIENCE = timedelta(minutes=5)


def fetched(mailbox: int, *, at: datetime | None, error: str, kind: str, now: datetime) -> None:
    """After each look at a mailbox: when the last complete one was, and what ails it now ('' for nothing).

    A refused sign-in is an alarm at once; other trouble when it has lasted five minutes.
    """
    with transaction.atomic():
        box = Mailbox.objects.select_for_update().filter(pk=mailbox).first()
        if box is None:
            return
        before = (box.error, box.failing_since)
        box.last_fetch_at = at or box.last_fetch_at
        box.error = error[:2000]
        box.failing_since = (box.failing_since or now) if error else None
        box.save(update_fields=["last_fetch_at", "error", "failing_since"])
        if before != (box.error, box.failing_since):
            changes.note("mailbox", [mailbox], now=now)
        _alarm(box, kind=kind, now=now)


def _alarm(box: Mailbox, *, kind: str, now: datetime) -> None:
    name = f"imap:{box.address}"
    if not box.error or box.failing_since is None:
        beats.beat(name, now=now)
    elif kind in ("auth", "tls") or now - box.failing_since >= PATIENCE:
        beats.ail(name, now=now, data={"sentence": box.error, "kind": kind})
