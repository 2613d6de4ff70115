"""Decides when each ticket came in, how far it got, and which of them are still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from bench.seeding.journeys import Plan
from firstline.promises.queries import PromiseCard

MOST_OPEN = 3000
DAYS = 520  # working days over which the tickets are spread: two years
_DONE = (("question", "take", "reply", "thanks", "solve", "close"),
         ("question", "take", "reply", "thanks", "solve", "close"),
         ("question", "copied", "take", "reply", "thanks", "solve", "close"),
         ("question", "take", "note", "hand-over", "take", "reply", "thanks", "solve", "close"))
_OPEN = (("question", "more", "again"), ("question", "take", "reply", "more"), ("question", "take", "reply", "more"),
         ("question", "take", "more", "reply", "wait"), ("question", "take", "reply", "more", "wait-for-date"),
         ("question", "take", "note", "hand-over", "more", "again"))


def open_among(chance: Random, *, tickets: int) -> frozenset[int]:
    """The numbers that are still open: half of a small desk's tickets, never more than 3,000, mostly new ones."""
    many = min(MOST_OPEN, tickets // 2)
    return frozenset(chance.sample(range(max(1, tickets - 2 * many + 1), tickets + 1), many))


class Calendar:
    """The working days before `now`, and how long after its coming a ticket's first answer is due on each."""

    def __init__(self, *, now: datetime, promise: PromiseCard) -> None:
        self._days = _working_days(now)
        self._due = [promise.due(day, promise.first_answer or 24 * 60) - day for day in self._days]

    def plans(self, chance: Random, portion: range, *, tickets: int,
              still_open: frozenset[int]) -> Iterator[Plan]:
        """The plans of a portion of all the tickets, which are spread evenly over the working days."""
        for number in portion:
            place, part = divmod((number - 1) * DAYS, tickets)
            entered_at = self._days[place] + timedelta(minutes=int(part / tickets * 450), seconds=number % 60)
            steps = chance.choice(_OPEN if number in still_open else _DONE)
            if place >= DAYS - 5 and steps[-1] == "close":
                steps = steps[:-1]
            yield Plan(number, entered_at, entered_at + self._due[place], steps)


def _working_days(now: datetime) -> list[datetime]:
    """Eight o'clock (UTC) of the last working days, oldest first."""
    day = datetime(now.year, now.month, now.day, 8, tzinfo=UTC)
    found: list[datetime] = []
    while len(found) < DAYS:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found[::-1]
