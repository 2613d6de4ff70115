"""Encoded words, well and badly written."""

import pytest

from firstline.intake.mail.reading import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=?=", "café"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("x=?utf-8?q?a?=y", "xay"),
        ("=?utf-8?b?w4==?= =?utf-8?b?pQ==?=", "å"),
        ("=?utf-8*da?q?bl=C3=A5?=", "blå"),
        ("=?utf-8?q?two words?=", "two words"),
        ("=?iso-8859-1?Q?Fr\u00f6sche?=", "Frösche"),
        ("=?no-such-set?q?caf=C3=A9?=", "café"),
        ("=?utf-7?q?+ADw-b+AD4-?=", "+ADw-b+AD4-"),
        ("=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("=?utf-8?q?a=0D=0Ab?=", "a b"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
    ],
)
def test_words_are_decoded(value: str, expected: str) -> None:
    assert words.decode(value) == expected


def test_words_beyond_the_cap_stay_as_they_are() -> None:
    assert words.decode("=?utf-8?q?a?= " * 300).count("=?") == 100
