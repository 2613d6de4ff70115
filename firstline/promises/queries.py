"""Calendars and promises as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from firstline.core.errors import NotFound
from firstline.core.memo import within_batch
from firstline.promises import holidays
from firstline.promises.defaults import DEFAULT_PROMISE
from firstline.promises.models import Calendar, Promise
from firstline.promises.rules.due import Counting, due_at
from firstline.promises.rules.working_time import Hours, Interval, hours


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """A calendar; `labels` is {language: text}, `gap` says what its holidays lack ('' = nothing)."""

    id: int
    key: str
    labels: dict[str, str]
    time_zone: str
    country: str
    gap: str


@dataclass(frozen=True, slots=True)
class PromiseCard:
    """A service level; times in minutes, None = not promised, counted by `counting` in `calendar`."""

    id: int
    key: str
    labels: dict[str, str]
    calendar: int
    counting: Counting
    first_answer: int | None
    next_news: int | None
    solution: int | None
    level_holds: int | None

    def due(self, start: datetime, minutes: int) -> datetime:
        """When `minutes` of this promise, begun at `start`, are over (UTC)."""
        return due_at(start, minutes=minutes, hours=hours_of(self.calendar), counting=self.counting)


@lru_cache(maxsize=64)
def hours_of(calendar: int) -> Hours:
    """The working hours of a calendar, kept per process until `forget_hours`; raises NotFound."""
    found = Calendar.objects.filter(pk=calendar).prefetch_related("intervals").first()
    if found is None:
        raise NotFound("There is no such calendar.")
    free = holidays.free_days(found.country)
    intervals = [Interval(i.weekday, i.since, i.until) for i in found.intervals.all()]
    return hours(ZoneInfo(found.time_zone), intervals, holidays=free.holidays, moved=free.moved)


def forget_hours() -> None:
    """Read calendars anew; flows that change one call it, and so does every worker now and then."""
    hours_of.cache_clear()


def calendars() -> list[CalendarCard]:
    """Every calendar, by key."""
    return [CalendarCard(c.pk, c.key, c.labels, c.time_zone, c.country, holidays.GAPS.get(c.country, ""))
            for c in Calendar.objects.order_by("key")]


def promises() -> list[PromiseCard]:
    """Every promise, by id."""
    return [_card(p) for p in Promise.objects.order_by("pk")]


def promise(id_: int) -> PromiseCard:
    """One promise; raises NotFound."""
    found = Promise.objects.filter(pk=id_).first()
    if found is None:
        raise NotFound("There is no such promise.")
    return _card(found)


@within_batch
def default_promise() -> PromiseCard:
    """What is promised when neither category nor priority says otherwise; raises NotFound before set-up."""
    found = Promise.objects.filter(key=DEFAULT_PROMISE).first() or Promise.objects.order_by("pk").first()
    if found is None:
        raise NotFound("The desk has no promise yet; run firstline setup.")
    return _card(found)


def _card(row: Promise) -> PromiseCard:
    counting = Counting.DESK_DAYS if row.next_desk_day else Counting.WORKING_MINUTES
    return PromiseCard(row.pk, row.key, row.labels, row.calendar_id, counting, row.first_answer, row.next_news,
                       row.solution, row.level_holds)
