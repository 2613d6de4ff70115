"""Dates as programs write them."""

import pytest

from firstline.intake.mail.reading import dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00"),
        ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06+00:00"),
        ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30"),
        ("Tue, 1 Jul 2003 10:52:37 EST", "2003-07-01T10:52:37-05:00"),
        ("2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09+02:00"),
        ("2024-05-06 07:08:09", "2024-05-06T07:08:09+00:00"),
        ("Tue Mar 5 10:00:01 2019", "2019-03-05T10:00:01+00:00"),
        ("Mar 5, 2019 at 3:04 PM", "2019-03-05T15:04:00+00:00"),
        ("12/25/2015 10:11", "2015-12-25T10:11:00+00:00"),
        ("3 Nov 2020 9:00 PM -0500", "2020-11-03T21:00:00-05:00"),
        ("Wed, 17 Jan 2005 10:10:10 GMT+0100", "2005-01-17T10:10:10+01:00"),
        ("05/03/2019 10:00", "2019-03-05T10:00:00+00:00"),
    ],
)
def test_a_date_is_read(value: str, expected: str) -> None:
    found = dates.parse(value)
    assert found is not None and found.isoformat() == expected


@pytest.mark.parametrize(
    "value", ["", "yesterday", "32 Foo 2020", "99/99/9999", "Thu, 99 Nov 2020 99:99:99 +9999", "()"]
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert dates.parse(value) is None
