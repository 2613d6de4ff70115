"""When a failed letter is tried again, and when it waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

TRIES = 3


def next_try(*, attempts: int, now: datetime) -> datetime | None:
    """The next try after `attempts` failures of reading, or None when a person must look."""
    return None if attempts >= TRIES else now + timedelta(seconds=5 * 4 ** (attempts - 1))
