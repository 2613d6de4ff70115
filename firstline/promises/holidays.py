"""Public holidays of a country, with the gaps of the `holidays` package filled or said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

# Offices are closed on Christmas Eve in these countries by custom or agreement, not by law.
_CHRISTMAS_EVE = frozenset({"NO", "DK"})
_YEARS = range(2010, 2051)
_FRIDAY = 4

GAPS: Mapping[str, str] = MappingProxyType({
    "UA": "Since March 2022 public holidays in Ukraine are working days by law; the calendar has none from then on.",
    "NO": "24 December is not a public holiday in Norway; the calendar counts it as free all the same.",
    "DK": "24 December is not a public holiday in Denmark; the calendar counts it as free all the same.",
    "HU": "Hungary works on some Saturdays instead of a bridge day; the calendar knows only those already decreed.",
})


@dataclass(frozen=True, slots=True)
class FreeDays:
    """Dates on which a country rests, and Saturdays on which it works, mapped to the weekday whose hours count."""

    holidays: frozenset[date]
    moved: Mapping[date, int]


def known(country: str) -> bool:
    """Whether there are holidays for this two-letter country code."""
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        return False
    return len(country) == 2


@lru_cache(maxsize=16)
def free_days(country: str) -> FreeDays:
    """The free days of a country (ISO 3166-1 alpha-2; '' has none) from 2010 to 2050.

    Raises ValueError for a country that is not known.
    """
    if not country:
        return FreeDays(frozenset(), MappingProxyType({}))
    if not known(country):
        raise ValueError(f"no public holidays are known for country {country!r}")
    found = holidays.country_holidays(country, years=_YEARS)
    dates = set(found)
    if country in _CHRISTMAS_EVE:
        dates.update(date(year, 12, 24) for year in _YEARS)
    worked = sorted(getattr(found, "weekend_workdays", None) or ())
    return FreeDays(frozenset(dates), MappingProxyType(dict.fromkeys(worked, _FRIDAY)))
