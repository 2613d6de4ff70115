"""Each acknowledged letter has exactly one outcome, and no message was let in twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from firstline.insight.check.breach import Breach
from firstline.intake.models import Letter
from firstline.tickets.models import Entry
from firstline.tickets.rules import entries as e

_WITH_ENTRY = ("opened", "joined")
_WITHOUT = ("duplicate", "automatic", "bounce", "dropped")


def outcomes(_: datetime) -> Iterator[Breach | None]:
    """A letter is waiting, held, failed with a reason, or done with one outcome that its row proves."""
    rows = Letter.objects.values_list("id", "state", "outcome", "reason", "ticket_id", "entry_id", "contact_id",
                                      "blob_id")
    for id_, state, outcome, reason, ticket, entry, contact, blob in rows.iterator(chunk_size=2000):
        yield None
        wrong = ""
        if state == "done" and outcome in _WITH_ENTRY:
            wrong = "" if ticket and entry and contact else f"It {outcome}, but no entry or contact shows it."
        elif state == "done":
            wrong = "" if outcome in _WITHOUT else f"It is done with the outcome {outcome!r}."
        elif state in ("failed", "quarantined"):
            wrong = "" if reason else f"It is {state} without a reason."
        elif state not in ("received", "working"):
            wrong = f"It is in the unknown state {state!r}."
        if wrong or not blob:
            yield Breach("letters", f"letter {id_}", wrong or "Its raw bytes are gone.")


def once(_: datetime) -> Iterator[Breach | None]:
    """One letter makes at most one message, and one message stands on one ticket."""
    letters: dict[int, int] = {}
    rows = Entry.objects.filter(kind=e.Message.KIND).values_list("ticket_id", "seq", "data")
    for ticket, seq, data in rows.iterator(chunk_size=2000):
        yield None
        letter = data.get("letter")
        if letter is None:
            continue
        if letter in letters:
            sentence = f"It stands on #{letters[letter]} and on #{ticket}, line {seq}."
            yield Breach("messages", f"letter {letter}", sentence)
        letters[letter] = ticket
    let_in = Letter.objects.filter(outcome__in=_WITH_ENTRY).exclude(same_key=None)
    for row in let_in.values("same_key").annotate(n=Count("id")).filter(n__gt=1):
        yield Breach("messages", str(row["same_key"]), f"The same message was let in {row['n']} times.")
