"""The lines of a story: a ticket's own entries, those of tickets merged into it, and those that it was split from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from firstline.tickets.queries.reading_rows import marks, moment, rows, values
from firstline.tickets.queries.sight import Sight
from firstline.tickets.queries.values import File, Said
from firstline.tickets.rules import entries as e

Origin = Literal["own", "merged", "split"]

_ENTRY = """
SELECT n.id, n.ticket_id, n.seq, n.kind, n.version, n.data, n.actor_kind, n.actor_id, n.happened_at, n.recorded_at,
       n.public_from, b.text, b.quoted, CASE WHEN b.html <> '' THEN 1 ELSE 0 END, b.erased_at,
       t.team_id, t.assignee_id, t.accountable_id, t.status, t.confidential
FROM entry n
JOIN ticket t ON t.number = n.ticket_id
LEFT JOIN entry_body b ON b.entry_id = n.id
"""
_PARTS = """
WITH RECURSIVE parts(number) AS (
    SELECT CAST(%s AS bigint) UNION SELECT m.number FROM ticket m JOIN parts p ON m.merged_into_id = p.number)
"""
_TOGETHER = "".join((_PARTS, _ENTRY, " WHERE n.ticket_id IN (SELECT number FROM parts) ORDER BY n.ticket_id, n.seq"))
_REFERENCED = "".join((_ENTRY, " WHERE n.ticket_id = %s AND (n.seq IN ({}) OR n.kind = 'withdrawn')"))
_FILES = """
SELECT f.entry_id, f.id, f.name, f.type, f.size, f.inline, f.content_id FROM attachment f
WHERE f.entry_id IN ({}) ORDER BY f.id
"""
_PLACE: dict[Origin, int] = {"split": 0, "merged": 1, "own": 2}


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines in order of time, how many stay hidden, and the numbers of tickets merged into this one."""

    said: tuple[Said, ...]
    own: tuple[e.Line, ...]
    hidden: int
    merged: tuple[int, ...]


def lines(number: int, *, sight: Sight, reader: int | None) -> Lines:
    """All lines of a ticket that this reader may know; at most three queries.

    Entries of another ticket (merged, split from) show only if the reader may see that ticket too.
    """
    found: list[tuple[Origin, tuple[Any, ...]]] = [
        ("own" if row[1] == number else "merged", row) for row in rows(_TOGETHER, [number])]
    origin = _split_from(row for kind, row in found if kind == "own")
    if origin:
        found += [("split", row) for row in
                  rows(_REFERENCED.format(marks(origin.seqs)), [origin.number, *origin.seqs])]
    withdrawn = {(row[1], values(row[5])["seq"]) for _, row in found if row[3] == e.Withdrawn.KIND}
    found = [(kind, row) for kind, row in found if kind != "split" or row[3] != e.Withdrawn.KIND]
    allowed = [(kind, row) for kind, row in found if kind == "own" or _may_see(row, sight)]
    files = _files([row[0] for _, row in allowed])
    said = [_said(kind, row, files.get(row[0], ()), withdrawn=withdrawn, reader=reader) for kind, row in allowed]
    own = tuple(e.Line(one.seq, one.event, one.actor, one.happened_at, one.public_from)
                for one in said if one.origin == "own")
    ordered = sorted(said, key=lambda one: (one.happened_at, _PLACE[one.origin], one.ticket, one.seq))
    merged = sorted({row[1] for kind, row in found if kind == "merged"})
    return Lines(tuple(ordered), own, len(found) - len(allowed), tuple(merged))


def _split_from(own: Iterable[tuple[Any, ...]]) -> e.SplitFrom | None:
    for row in own:
        if row[3] == e.SplitFrom.KIND:
            event = e.decode(row[3], row[4], values(row[5]))
            return event if isinstance(event, e.SplitFrom) and event.seqs else None
    return None


def _may_see(row: tuple[Any, ...], sight: Sight) -> bool:
    """Another ticket's entry: what is not confidential came here with the merge or split."""
    team, assignee, accountable, status, confidential = row[15:20]
    return not confidential or sight.allows(team=team, assignee=assignee, accountable=accountable, status=status,
                                            confidential=True)


def _files(entries: Sequence[int]) -> dict[int, tuple[File, ...]]:
    """The files of these entries, by entry."""
    found: dict[int, tuple[File, ...]] = {}
    if entries:
        for entry, number, name, kind, size, inline, content_id in rows(_FILES.format(marks(entries)), entries):
            found[entry] = (*found.get(entry, ()), File(number, name, kind, size, bool(inline), content_id))
    return found


def _said(origin: Origin, row: tuple[Any, ...], files: tuple[File, ...], *, withdrawn: set[tuple[int, int]],
          reader: int | None) -> Said:
    (entry, ticket, seq, kind, version, data, actor_kind, actor, happened, recorded, public, text, quoted, html,
     erased) = row[:15]
    taken_back = (ticket, seq) in withdrawn
    shown = not taken_back or (actor_kind == "agent" and reader is not None and actor == reader)
    return Said(entry=entry, ticket=ticket, seq=seq, event=e.decode(kind, version, values(data)),
                actor=e.Actor(actor_kind, actor), happened_at=moment(happened), recorded_at=moment(recorded),
                public_from=moment(public), text=(shown and text) or "", quoted=(shown and quoted) or "",
                has_html=bool(html) and shown, erased=erased is not None, withdrawn=taken_back, origin=origin,
                files=files if shown else ())
