"""Processes say that they are alive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from firstline.work import beats


def beat(name: str, *, now: datetime) -> None:
    """Say that a process or a duty is well."""
    with transaction.atomic():
        beats.beat(name, now=now)
