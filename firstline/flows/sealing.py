"""Sealing the audit trail: every line gets its place in a chain of hashes, so that tampering shows."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from firstline.accounts.audit import FIRST_SEAL, seal_of
from firstline.accounts.models import AuditLine


def seal(*, limit: int = 1000) -> int:
    """Seal at most `limit` lines; returns how many. Of two at once one gives way and returns 0."""
    try:
        with transaction.atomic():
            return _seal(limit)
    except IntegrityError:
        return 0


def _seal(limit: int) -> int:
    last = AuditLine.objects.filter(position__isnull=False).order_by("-position").select_for_update().first()
    position, before = (last.position or 0, last.seal or "") if last else (0, FIRST_SEAL)
    rows = list(AuditLine.objects.filter(seal=None).order_by("pk")[:limit])
    for row in rows:
        position += 1
        before = row.seal = seal_of(row, position=position, before=before)
        row.position = position
    AuditLine.objects.bulk_update(rows, ["position", "seal"], batch_size=200)
    return len(rows)
