"""When a mail that could not be sent is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
GIVE_UP = timedelta(days=5)
LONGEST_TRY = timedelta(minutes=15)


def next_try(*, attempts: int, written_at: datetime, now: datetime, jitter: float) -> datetime | None:
    """The next try after `attempts` failures, or None when five days are over. `jitter` is within 0..1."""
    if now - written_at >= GIVE_UP:
        return None
    wait = min(FIRST * (1 << min(attempts - 1, 10)), LONGEST)
    return now + wait * (0.8 + 0.4 * jitter)


BREAKER_AFTER = 5
BREAKER_REST = timedelta(minutes=2)
