"""Codes are found in replies, the telling one first."""

import pytest

from firstline.intake.mail.bounces.codes import enhanced_in, likely, reply_in


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("5.1.1", "smtp; 550 5.1.1 unknown"),
        ("5.7.1", "550-5.7.1 no"),
        ("5.1.1", "sorry (#5.1.1)"),
        ("5.2.2", "5.1.0 - Unknown address error 550-'5.2.2 full'"),
        ("4.3.0", "250 2.1.5 Ok, then 451 4.3.0 no"),
        ("", "host mx[192.0.2.5] said 550"),
        ("", "version 5.1.1.2"),
    ],
)
def test_an_enhanced_code(expected: str, text: str) -> None:
    assert enhanced_in(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [("550", "said: 550\n no"), ("421", "250 ok, 421 busy"), ("", "port 5500"), ("", "192.0.550.1")],
)
def test_a_reply_code(expected: str, text: str) -> None:
    assert reply_in(text) == expected


@pytest.mark.parametrize("status", ["5.0.0", "4.0.0", "5.5.0", ""])
def test_a_code_that_says_nothing(status: str) -> None:
    assert likely(status) == ""
