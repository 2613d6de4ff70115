"""What a journey says about time: when it was first answered, which legs it had, who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from firstline.tickets.rules import entries as e


@dataclass(frozen=True, slots=True)
class LegTimes:
    """One stay with a team; `started_at` is when somebody there took the ticket up."""

    team: int
    arrived_at: datetime
    started_at: datetime | None = None
    left_at: datetime | None = None


def standing_replies(lines: Sequence[e.Line]) -> tuple[e.Line, ...]:
    """The public replies that were not withdrawn, in order."""
    withdrawn = {line.event.seq for line in lines if isinstance(line.event, e.Withdrawn)}
    return tuple(line for line in lines
                 if isinstance(line.event, e.Reply) and line.public_from and line.seq not in withdrawn)


def first_answer_at(lines: Sequence[e.Line]) -> datetime | None:
    """When the customer could first read an answer of the desk, or None while he cannot."""
    return min((line.public_from for line in standing_replies(lines) if line.public_from), default=None)


def legs(lines: Iterable[e.Line]) -> tuple[LegTimes, ...]:
    """The stays of the ticket with its teams, oldest first."""
    found: list[LegTimes] = []
    for line in lines:
        event = line.event
        if isinstance(event, e.Opened):
            found.append(LegTimes(event.team, datetime.fromisoformat(event.entered_at)))
        elif isinstance(event, e.HandedOver):
            found[-1] = replace(found[-1], left_at=line.happened_at)
            found.append(LegTimes(event.team, line.happened_at))
        elif isinstance(event, e.Assigned) and event.agent is not None and found[-1].started_at is None:
            found[-1] = replace(found[-1], started_at=line.happened_at)
    return tuple(found)


def participants(lines: Iterable[e.Line]) -> dict[int, str]:
    """The last state of everybody who was proposed as a participant, by person id."""
    return {line.event.person: line.event.state for line in lines if isinstance(line.event, e.Participation)}


_FAR = 4_000_000_000
_URGENT_RANKS = (1, 2)


def order_key(*, rank: int, due_at: datetime | None, entered_at: datetime) -> int:
    """The queue's order (DESK rule 12) as one sortable whole number.

    The two highest priorities first, then what is due next, then the oldest; seconds since 1970, and for what
    is not due at all a far day plus the age.
    """
    moment = int(due_at.timestamp()) if due_at else _FAR + int(entered_at.timestamp())
    return moment + (0 if rank in _URGENT_RANKS else 10 * _FAR)
