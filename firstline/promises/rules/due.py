"""When a promise made at some moment is due."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from firstline.promises.rules.working_time import Hours, add_working_minutes, same_time_next_desk_day

_A_DAY = 24 * 60


class Counting(StrEnum):
    """How a promised time of whole days is counted; a time of less than a day is always working minutes."""

    DESK_DAYS = "desk-days"
    WORKING_MINUTES = "working-minutes"


def due_at(start: datetime, *, minutes: int, hours: Hours, counting: Counting) -> datetime:
    """The moment (UTC) at which a promise of `minutes` that began at `start` is due.

    DESK_DAYS: whole multiples of 1440 are the same time on the n-th desk day after it (Friday 16:50 and 24 h is
    Monday 16:50); every other value is working minutes.
    """
    if counting is Counting.DESK_DAYS and minutes >= _A_DAY and minutes % _A_DAY == 0:
        return same_time_next_desk_day(start, hours, days=minutes // _A_DAY)
    return add_working_minutes(start, minutes, hours)
