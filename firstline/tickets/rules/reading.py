"""The one fold: what a ticket reads after an entry, used both for writing and for proving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, Status


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a ticket stands. Ids are those of the rows; `tags` are sorted."""

    subject: str
    kind: str
    status: str
    priority: int
    team: int
    accountable: int
    entered_at: datetime
    last_at: datetime
    assignee: int | None = None
    requester: int | None = None
    affected: int | None = None
    category: int | None = None
    asset: int | None = None
    language: str = ""
    confidential: bool = False
    wait_until: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    reopenings: int = 0
    reopened_at: datetime | None = None
    merged_into: int | None = None
    tags: tuple[str, ...] = ()
    seq: int = 0


def born(line: e.Line) -> Reading:
    """The reading after the first entry, which must be `Opened`."""
    event = line.event
    if not isinstance(event, e.Opened):
        raise ValueError("A journey begins with its opening.")
    entered = datetime.fromisoformat(event.entered_at)
    return Reading(subject=event.subject, kind=event.kind, status=Status.NEW.value, priority=event.priority,
                   team=event.team, accountable=event.accountable, entered_at=entered, last_at=line.happened_at,
                   requester=event.requester, affected=event.affected, category=event.category,
                   language=event.language, seq=line.seq)


def _status(_: Reading, event: Any, line: e.Line) -> dict[str, Any]:
    until = datetime.fromisoformat(event.until) if event.until else None
    changes: dict[str, Any] = {"status": event.status, "wait_until": until}
    if event.status == Status.SOLVED:
        changes["solved_at"] = line.happened_at
    elif event.status == Status.CLOSED:
        changes["closed_at"] = line.happened_at
    elif event.before in DONE_STATES:
        changes.update(solved_at=None, closed_at=None)
    return changes


def _reopened(reading: Reading, _: Any, line: e.Line) -> dict[str, Any]:
    return {"status": Status.OPEN.value, "solved_at": None, "closed_at": None, "wait_until": None,
            "reopenings": reading.reopenings + 1, "reopened_at": line.happened_at}


def _assigned(reading: Reading, event: Any, _: e.Line) -> dict[str, Any]:
    taken_up = event.agent is not None and reading.status == Status.NEW
    return {"assignee": event.agent, **({"status": Status.OPEN.value} if taken_up else {})}


def _tagged(reading: Reading, event: Any, _: e.Line) -> dict[str, Any]:
    return {"tags": tuple(sorted((set(reading.tags) | set(event.added)) - set(event.dropped)))}


_APPLY: dict[type[e.Event], Callable[[Reading, Any, e.Line], dict[str, Any]]] = {
    e.StatusChanged: _status,
    e.Reopened: _reopened,
    e.Assigned: _assigned,
    e.Tagged: _tagged,
    e.Accountable: lambda _r, event, _l: {"accountable": event.agent},
    e.HandedOver: lambda _r, event, _l: {"team": event.team, "assignee": None},
    e.Edited: lambda _r, event, _l: {event.field: event.value},
    e.MergedInto: lambda _r, event, _l: {"merged_into": event.number},
    e.Unmerged: lambda reading, event, _l: {"merged_into": None} if reading.merged_into == event.number else {},
    e.Unsplit: lambda _r, event, _l: {} if event.origin else {"merged_into": event.number},
}


def apply(reading: Reading, line: e.Line) -> Reading:
    """The reading after one more entry."""
    handler = _APPLY.get(type(line.event))
    changes = handler(reading, line.event, line) if handler else {}
    return replace(reading, **changes, seq=line.seq, last_at=max(reading.last_at, line.happened_at))


def fold(lines: Iterable[e.Line]) -> Reading:
    """The reading of a whole journey, in order of `seq`."""
    ordered = iter(lines)
    reading = born(next(ordered))
    for line in ordered:
        reading = apply(reading, line)
    return reading
