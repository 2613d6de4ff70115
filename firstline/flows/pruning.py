"""What nobody needs any more is taken out: old changes, presence, and expired sessions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from firstline.work.models import Change, Presence


def prune(*, before: datetime) -> None:
    """Delete feed rows and presence from before a moment, and sessions that have expired by then."""
    with transaction.atomic():
        Change.objects.filter(at__lt=before).delete()
        Presence.objects.filter(seen_at__lt=before).delete()
        Session.objects.filter(expire_date__lt=before).delete()
