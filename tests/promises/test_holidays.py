"""Public holidays and their gaps."""

from datetime import date

import pytest

from firstline.promises.holidays import GAPS, free_days


@pytest.mark.parametrize(("country", "day"), [
    ("HU", date(2026, 10, 23)), ("NO", date(2026, 5, 17)), ("DK", date(2026, 12, 25)), ("BG", date(2026, 3, 3)),
    ("GB", date(2026, 12, 28)), ("UA", date(2021, 8, 24)), ("NO", date(2030, 12, 24)), ("DK", date(2030, 12, 24)),
])
def test_a_holiday_is_free(country: str, day: date) -> None:
    assert day in free_days(country).holidays


def test_a_working_saturday_in_hungary_has_a_fridays_hours() -> None:
    assert free_days("HU").moved[date(2026, 8, 8)] == 4


def test_ukraine_works_on_holidays_since_2022_and_the_calendar_says_so() -> None:
    assert date(2026, 8, 24) not in free_days("UA").holidays
    assert "working days by law" in GAPS["UA"]


def test_no_country_has_no_holidays() -> None:
    assert not free_days("").holidays


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="XX"):
        free_days("XX")
