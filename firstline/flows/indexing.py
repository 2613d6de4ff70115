"""What was said on a ticket becomes findable: public words and notes for colleagues in rows of their own."""

from __future__ import annotations

from datetime import datetime

from firstline.search import index
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e

KIND = "ticket"


def index_case(case: Case, *, now: datetime) -> None:
    """Index what this story said, and let earlier texts follow the ticket to another team or into secrecy."""
    reading = case.reading
    rows = [index.IndexRow(kind=KIND, object_id=case.number, number=case.number, part=entry.seq, text=words.text,
                           title=reading.subject, internal=entry.public_from is None, team_id=reading.team,
                           confidential=reading.confidential, language=reading.language or None)
            for entry, words in case.said]
    if rows:
        index.add_many(rows, now=now)  # an entry is written once, so its text is new
    if any(_moves(line.event) for line in case.lines):
        index.move(KIND, case.number, team_id=reading.team, confidential=reading.confidential)


def _moves(event: e.Event) -> bool:
    return isinstance(event, e.HandedOver) or (isinstance(event, e.Edited) and event.field == "confidential")
