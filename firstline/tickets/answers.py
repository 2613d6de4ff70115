"""The answers of a ticket that stand: what was taken back counts nowhere."""

from __future__ import annotations

from django.db.models import QuerySet

from firstline.tickets.models import Entry
from firstline.tickets.rules import entries as e


def taken_back(number: int) -> list[int]:
    """The places (seq) of the answers that were withdrawn."""
    rows = Entry.objects.filter(ticket_id=number, kind=e.Withdrawn.KIND)
    return [data["seq"] for data in rows.values_list("data", flat=True)]


def standing_answers(number: int) -> QuerySet[Entry, Entry]:
    """The public replies that were not withdrawn, also those that are still on their way."""
    replies = Entry.objects.filter(ticket_id=number, kind=e.Reply.KIND, public_from__isnull=False)
    return replies.exclude(seq__in=taken_back(number))
