"""What was said on a ticket becomes findable: public words and notes for colleagues in rows of their own."""

from __future__ import annotations

from datetime import datetime

from firstline.search import index
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e

KIND = "ticket"


def index_case(case: Case, *, now: datetime) -> None:
    """Index what this story said; let earlier texts follow the ticket to another team or subject or into secrecy, and
    take out what was withdrawn."""
    reading = case.reading
    rows = [index.IndexRow(kind=KIND, object_id=case.number, number=case.number, part=entry.seq, text=words.text,
                           title=reading.subject, internal=entry.public_from is None, team_id=reading.team,
                           confidential=reading.confidential, language=reading.language or None)
            for entry, words in case.said]
    if rows:
        index.add_many(rows, now=now)  # an entry is written once, so its text is new
    events = [line.event for line in case.lines]
    for event in events:
        if isinstance(event, e.Withdrawn):
            index.remove_part(KIND, case.number, event.seq)
    if any(isinstance(event, e.Edited) and event.field == "subject" for event in events):
        index.retitle(KIND, case.number, title=reading.subject, now=now)
    if any(_moves(event) for event in events):
        index.move(KIND, case.number, team_id=reading.team, confidential=reading.confidential)


def _moves(event: e.Event) -> bool:
    return isinstance(event, e.HandedOver) or (isinstance(event, e.Edited) and event.field == "confidential")
