"""What nobody needs any more is taken out: old changes, presence, and expired sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from firstline.files import store
from firstline.files.models import Blob
from firstline.work import beats
from firstline.work.models import Beat, Change, Presence

_TIDY_EVERY = timedelta(minutes=20)
_IN_HAND = timedelta(minutes=20)


def prune(*, before: datetime) -> None:
    """Delete feed rows and presence from before a moment, and sessions that have expired by then."""
    with transaction.atomic():
        Change.objects.filter(at__lt=before).delete()
        Presence.objects.filter(seen_at__lt=before).delete()
        Session.objects.filter(expire_date__lt=before).delete()


def tidy(*, now: datetime) -> None:
    """Every twenty minutes: delete the files of those who died between the disk and their commit.

    No story takes as long as the twenty minutes that a file is left alone.
    """
    if Beat.objects.filter(name="files", at__gt=now - _TIDY_EVERY).exists():
        return
    old = store.keys_older_than(now - _IN_HAND)
    store.remove(old.difference(Blob.objects.exclude(key="").values_list("key", flat=True).iterator()))
    with transaction.atomic():
        beats.beat("files", now=now)
