"""The limits on automatic mail, and when a mail that failed is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from firstline.notices.rules.limits import Sent, refusal
from firstline.notices.rules.retrying import next_try

NOTHING = Sent(0, 0, 0, 0, 0)
START = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize("sent, proved, why", [
    (NOTHING, False, None),
    (Sent(0, 1, 0, 0, 1), False, "unproved-address"),
    (Sent(2, 2, 0, 0, 2), True, None),
    (Sent(3, 3, 0, 0, 3), True, "address-limit"),
    (Sent(0, 10, 0, 0, 0), True, "address-limit"),
    (Sent(0, 0, 3, 3, 3), True, "ticket-limit"),
    (Sent(0, 0, 0, 0, 2000), True, "desk-breaker"),
])
def test_what_is_withheld(sent, proved, why):
    assert refusal(sent, proved=proved) == why


def test_tries_grow_from_a_minute_to_four_hours():
    waits = [next_try(attempts=n, written_at=START, now=START, jitter=0.5) - START for n in (1, 2, 3, 12)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(hours=4)]


def test_after_five_days_it_is_given_up():
    assert next_try(attempts=40, written_at=START, now=START + timedelta(days=5), jitter=0.5) is None
