"""Reads the Date header in the forms that programs really write."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

_LONGEST: Final = 200
_COMMENT: Final = re.compile(r"\([^()]*\)")
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIME: Final = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap]m)?\b", re.IGNORECASE)
_NAMED_ZONE: Final = re.compile(r"\b(?:GMT|UTC|UT)(?=[+-]\d)", re.IGNORECASE)
_HALF_DAY: Final = re.compile(r"\d\s?[ap]m\b", re.IGNORECASE)
_ZONE: Final = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{2}):?(\d{2})\b")
_NUMERIC: Final = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")


def parse(value: str) -> datetime | None:
    """An aware time, UTC where no zone is given, or None where there is no date (RFC 5322 §3.3, §4.3)."""
    text = _NAMED_ZONE.sub("", _COMMENT.sub(" ", value[:_LONGEST])).strip()
    if not text:
        return None
    if _HALF_DAY.search(text):
        return _loose(text)
    return _iso(text) or _internet(text) or _loose(text)


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _internet(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parts is None:
        return None
    year, month, day, hour, minute, second = parts[:6]
    return _moment(year, month, day, hour, minute, second, offset=parts[9] or 0)


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int, *, offset: int) -> datetime | None:
    try:
        zone = timezone(timedelta(seconds=offset)) if offset else UTC
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _loose(text: str) -> datetime | None:
    """Day, month name, year, time and zone in whatever order they stand, or a numeric date."""
    day = _named(text) or _numbered(text)
    if day is None:
        return None
    time = _TIME.search(text)
    hour, minute, second = (int(time.group(1)), int(time.group(2)), int(time.group(3) or 0)) if time else (0, 0, 0)
    if time and time.group(4):
        hour = hour % 12 + (12 if time.group(4).lower() == "pm" else 0)
    zone = _ZONE.search(text, time.end() if time else 0)
    offset = 0
    if zone:
        offset = (int(zone.group(2)) * 3600 + int(zone.group(3)) * 60) * (-1 if zone.group(1) == "-" else 1)
    return _moment(*day, hour, minute, second, offset=offset)


def _named(text: str) -> tuple[int, int, int] | None:
    words = re.findall(r"[A-Za-z]+|\d+", _TIME.sub(" ", text))
    month = next((_MONTHS.index(w[:3].lower()) + 1 for w in words if w[:3].lower() in _MONTHS), 0)
    numbers = [int(word) for word in words if word.isdigit()]
    year = next((n for n in numbers if 1900 <= n <= 2200), 0)
    day = next((n for n in numbers if 1 <= n <= 31), 0)
    if month and not year:
        short = [n for n in numbers[numbers.index(day) + 1 :] if n < 100] if day else []
        year = (2000 if short[0] < 69 else 1900) + short[0] if short else 0
    return (year, month, day) if year and month and day else None


def _numbered(text: str) -> tuple[int, int, int] | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    if match.group(1):
        return int(match.group(1)), int(match.group(2)), int(match.group(3))
    day, month = int(match.group(4)), int(match.group(5))
    return (int(match.group(6)), month, day) if month <= 12 else (int(match.group(6)), day, month)
