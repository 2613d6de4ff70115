"""The one clock of the house."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, or None for None."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
