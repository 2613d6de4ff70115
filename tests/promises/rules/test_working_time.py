"""Working time, as tables of cases and against an oracle that looks at every minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstline.promises.rules.due import Counting, due_at
from firstline.promises.rules.working_time import (
    Hours,
    Interval,
    add_working_minutes,
    hours,
    is_open,
    same_time_next_desk_day,
    working_minutes,
    working_time,
)

BUDAPEST = ZoneInfo("Europe/Budapest")
OFFICE = hours(BUDAPEST, [Interval(day, 480, 990) for day in range(5)])
HOURLESS_HOLIDAY = hours(BUDAPEST, [Interval(day, 480, 990) for day in range(5)],
                         holidays=frozenset({date(2026, 10, 23)}), moved={date(2026, 8, 8): 4})
ALWAYS = hours(BUDAPEST, [Interval(day, 0, 1440) for day in range(7)])


def local(text: str, zone: ZoneInfo = BUDAPEST) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(("start", "days", "due"), [
    ("2026-11-20 16:20", 1, "2026-11-23 16:20"),  # Friday to Monday
    ("2026-11-23 09:00", 1, "2026-11-24 09:00"),
    ("2026-11-23 09:00", 3, "2026-11-26 09:00"),
    ("2026-11-21 10:00", 1, "2026-11-23 10:00"),  # Saturday
    ("2026-11-20 22:00", 1, "2026-11-23 16:30"),  # after closing: by the closing
    ("2026-11-23 03:00", 1, "2026-11-24 08:00"),  # before opening: from the opening
    ("2026-10-22 12:00", 1, "2026-10-26 12:00"),  # over a holiday, a weekend and the change of clocks
    ("2026-08-07 12:00", 1, "2026-08-08 12:00"),  # a Saturday that Hungary works
])
def test_the_same_time_on_the_next_desk_day(start: str, days: int, due: str) -> None:
    assert same_time_next_desk_day(local(start), HOURLESS_HOLIDAY, days=days) == local(due)


def test_friday_16_50_is_answered_by_monday_16_50() -> None:
    denmark = hours(ZoneInfo("Europe/London"), [Interval(day, 540, 1050) for day in range(5)])
    start = local("2026-11-20 16:50", denmark.zone)
    assert same_time_next_desk_day(start, denmark) == local("2026-11-23 16:50", denmark.zone)


def test_a_time_in_the_lunch_break_moves_to_its_end() -> None:
    broken = hours(BUDAPEST, [Interval(0, 480, 720), Interval(0, 780, 990), Interval(1, 480, 990)])
    assert same_time_next_desk_day(local("2026-11-24 12:30"), broken) == local("2026-11-30 13:00")


def test_a_local_time_that_is_skipped_moves_on_with_the_clocks() -> None:
    assert same_time_next_desk_day(local("2026-03-28 02:30"), ALWAYS) == local("2026-03-29 03:30")


@pytest.mark.parametrize(("start", "minutes", "due"), [
    ("2026-11-20 16:00", 30, "2026-11-20 16:30"),
    ("2026-11-20 16:00", 31, "2026-11-23 08:01"),
    ("2026-11-21 12:00", 0, "2026-11-23 08:00"),
    ("2026-11-23 07:00", 510, "2026-11-23 16:30"),
    ("2026-11-23 12:00", 5 * 510, "2026-11-30 12:00"),
])
def test_working_minutes_are_added(start: str, minutes: int, due: str) -> None:
    assert add_working_minutes(local(start), minutes, OFFICE) == local(due)


@pytest.mark.parametrize(("day", "minutes"), [("2026-03-29", 23 * 60), ("2026-10-25", 25 * 60), ("2026-11-24", 1440)])
def test_a_day_round_the_clock_has_23_24_or_25_hours(day: str, minutes: int) -> None:
    start = local(f"{day} 00:00")
    assert working_minutes(start, start + timedelta(days=1), ALWAYS) == minutes


def test_time_in_wrong_order_is_no_time() -> None:
    assert working_time(local("2026-11-24 12:00"), local("2026-11-24 11:00"), OFFICE) == timedelta()


def test_overlapping_intervals_count_once() -> None:
    double = hours(BUDAPEST, [Interval(1, 480, 720), Interval(1, 600, 990)])
    assert working_minutes(local("2026-11-24 00:00"), local("2026-11-25 00:00"), double) == 510


def test_a_calendar_without_work_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one interval"):
        hours(BUDAPEST, [Interval(0, 480, 480)])


def test_a_desk_that_never_opens_again_is_said_so() -> None:
    closed = hours(BUDAPEST, [Interval(0, 480, 990)],
                   holidays=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(1000)))
    with pytest.raises(ValueError, match="no working"):
        add_working_minutes(local("2026-06-01 12:00"), 10, closed)


@pytest.mark.parametrize(("minutes", "due"), [(1440, "2026-11-23 16:00"), (120, "2026-11-23 09:30")])
def test_whole_days_are_desk_days_and_less_is_working_time(minutes: int, due: str) -> None:
    start = local("2026-11-20 16:00")
    assert due_at(start, minutes=minutes, hours=OFFICE, counting=Counting.DESK_DAYS) == local(due)


def test_a_day_may_also_be_counted_in_working_minutes() -> None:
    start = local("2026-11-23 08:00")
    found = due_at(start, minutes=1440, hours=OFFICE, counting=Counting.WORKING_MINUTES)
    assert found == local("2026-11-25 15:00")


MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(lambda n: datetime(2016, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def _oracle(since: datetime, minutes: int, of: Hours) -> int:
    return sum(is_open(since + timedelta(minutes=n), of) for n in range(minutes))


ZONES = ["Europe/Budapest", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu",
         "Africa/Casablanca", "America/St_Johns", "Pacific/Chatham", "Asia/Tehran", "America/Santiago"]


@st.composite
def calendars(draw: st.DrawFn) -> Hours:
    edges = st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True)
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    intervals = []
    for day in days:
        marks = sorted(draw(edges))
        intervals += [Interval(day, a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    return hours(ZoneInfo(draw(st.sampled_from(ZONES))), intervals)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.integers(1, 4000))
def test_working_time_equals_the_oracle(of: Hours, start: datetime, minutes: int) -> None:
    assert working_minutes(start, start + timedelta(minutes=minutes), of) == _oracle(start, minutes, of)


@pytest.mark.parametrize("zone", ZONES)
def test_working_time_equals_the_oracle_over_every_change_of_clocks(zone: str) -> None:
    stretches = ((20, 95), (140, 175), (1400, 1440))
    of = hours(ZoneInfo(zone), [Interval(day, a, b) for day in range(7) for a, b in stretches])
    moment, before = datetime(2023, 1, 1, tzinfo=UTC), None
    for hour in range(24 * 365):
        at = moment + timedelta(hours=hour)
        if (offset := at.astimezone(of.zone).utcoffset()) != before and before is not None:
            since = at - timedelta(hours=30)
            assert working_minutes(since, since + timedelta(hours=60), of) == _oracle(since, 3600, of)
        before = offset


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.integers(1, 3000))
def test_what_was_added_is_what_has_passed(of: Hours, start: datetime, minutes: int) -> None:
    assert working_minutes(start, add_working_minutes(start, minutes, of), of) == minutes
