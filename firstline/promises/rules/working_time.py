"""Working time: how long a desk was open between two moments, and when so much of it will have passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
# No desk is closed for longer: a calendar without work in so many days is a mistake, not a long holiday.
_LONGEST_REST = 400
# Local time may differ from UTC by up to 14 hours; a transition within this reach can touch a day.
_REACH = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of working time: weekday 0 = Monday, minutes since local midnight, `until` excluded."""

    weekday: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When a desk works: intervals by weekday in a zone, free dates, and dates worked like another weekday.

    `moved` maps a date to the weekday whose hours it has (Hungary works some Saturdays); it beats `holidays`.
    """

    zone: ZoneInfo
    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: frozenset[date] = frozenset()
    moved: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, day: date) -> tuple[tuple[int, int], ...]:
        """The stretches of one date as (since, until) in minutes since local midnight."""
        if day in self.moved:
            return self.week[self.moved[day]]
        return () if day in self.holidays else self.week[day.weekday()]


def hours(zone: ZoneInfo, intervals: list[Interval], *, holidays: frozenset[date] = frozenset(),
          moved: Mapping[date, int] | None = None) -> Hours:
    """Hours from loose intervals: sorted, overlapping ones joined. Raises ValueError where a desk never opens."""
    week = tuple(_joined([i for i in intervals if i.weekday == weekday]) for weekday in range(7))
    if not any(week):
        raise ValueError("a calendar needs at least one interval of working time")
    return Hours(zone, week, holidays, MappingProxyType(dict(moved or {})))


def _joined(intervals: list[Interval]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for each in sorted(intervals, key=lambda i: i.since):
        since, until = max(each.since, 0), min(each.until, 24 * 60)
        if since >= until:
            continue
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def is_open(at: datetime, hours: Hours) -> bool:
    """Whether the desk works at this moment."""
    local = at.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    return any(since <= minute < until for since, until in hours.of(local.date()))


def working_time(since: datetime, until: datetime, hours: Hours) -> timedelta:
    """The real time between two aware moments during which the desk works; zero if they are in wrong order."""
    total = timedelta()
    if until <= since:
        return total
    for begin, end in _stretches(since, hours):
        if begin >= until:
            break
        total += min(end, until) - max(begin, since)
    return total


def working_minutes(since: datetime, until: datetime, hours: Hours) -> int:
    """Whole working minutes between two aware moments."""
    return working_time(since, until, hours) // timedelta(minutes=1)


def add_working_minutes(at: datetime, minutes: int, hours: Hours) -> datetime:
    """The moment (UTC) at which `minutes` of working time have passed since `at`.

    Zero minutes is the first working moment not before `at`. Raises ValueError where the desk never opens again.
    """
    left = timedelta(minutes=minutes)
    for begin, end in _stretches(at, hours):
        start = max(begin, at.astimezone(UTC))
        if end - start >= left:
            return start + left
        left -= end - start
    raise ValueError("this calendar has no working time left")


def same_time_next_desk_day(at: datetime, hours: Hours, *, days: int = 1) -> datetime:
    """The same local time `days` desk days later (UTC): Friday 16:50 and one day is Monday 16:50 (DESK, Defaults).

    A time at which nobody works that day moves into its hours: to the opening if it is earlier, to the closing if
    it is later, to the end of a break if it falls into one. A local time that a change of clocks skips is moved on by
    the change.
    """
    local = at.astimezone(hours.zone)
    day, left, rested = local.date(), days, 0
    while left:
        day += _DAY
        if hours.of(day):
            left, rested = left - 1, 0
        elif (rested := rested + 1) > _LONGEST_REST:
            raise ValueError("this calendar has no working day left")
    wall = datetime.combine(day, local.time().replace(fold=0), hours.zone)
    return _within_hours(wall.astimezone(UTC), day, hours)


def _within_hours(moment: datetime, day: date, hours: Hours) -> datetime:
    stretches = list(_of_day(day, hours))
    for begin, end in stretches:
        if moment <= end:
            return max(moment, begin)
    return stretches[-1][1] if stretches else moment


def _stretches(since: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Working stretches in UTC that end after `since`, in order; ends after a rest that no desk takes."""
    day = since.astimezone(hours.zone).date() - _DAY
    rested = 0
    moment = since.astimezone(UTC)
    while rested <= _LONGEST_REST:
        rested += 1
        for begin, end in _of_day(day, hours):
            rested = 0
            if end > moment:
                yield begin, end
        day += _DAY


def _of_day(day: date, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """The working stretches of one local date in UTC, right also on days with 23 or 25 hours."""
    stretches = hours.of(day)
    if not stretches:
        return
    midnight = datetime.combine(day, time())
    for first, last, offset in _offsets(midnight, hours.zone):
        for since, until in stretches:
            begin = max(midnight + timedelta(minutes=since), first + offset) - offset
            end = min(midnight + timedelta(minutes=until), last + offset) - offset
            if begin < end:
                yield begin.replace(tzinfo=UTC), end.replace(tzinfo=UTC)


def _offsets(midnight: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """Stretches of naive UTC around one local date, each with its one offset from UTC."""
    first, last = midnight - _REACH, midnight + _DAY + _REACH
    before, after = _offset(first, zone), _offset(last, zone)
    if before == after:
        return [(first, last, before)]
    low, high = 0, int((last - first).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(first + timedelta(seconds=middle), zone) == before else (low, middle)
    change = first + timedelta(seconds=high)
    return [(first, change, before), (change, last, after)]


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    """The offset from UTC in force at a naive UTC moment."""
    found = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return found if found is not None else timedelta()
