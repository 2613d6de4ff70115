"""Hostile bodies cost time in proportion to their length, and lose no word."""

import time

import pytest

from firstline.intake.mail.quotation import cut

PIECES = [
    ":\n", "On ", "On \n", "On 1 ", ">", ">\n", "> a\nb\n", "a", "\n", "From: a\n", "To: a@b\n", "From: a\n\n\n",
    "On 3 Feb 2020, A wrote:\n", "On 3 Feb 2020, A wrote:\n> x\nb\n", "-----Original Message-----\n", "--\n",
    "Sent from my x\n", "a@", "<a@b.c> wrote:\n", "A> x\n", "2020-10-10 10:10 a:\n", "a:\n\n", "1.1.", "(", "#",
    "<blockquote>", "<blockquote>a</blockquote>b", "<div class=gmail_quote>", '<div style="border-top:solid">a:b:c:',
]  # fmt: skip


def seconds(piece: str, size: int) -> float:
    body = piece * (size // len(piece))
    start = time.process_time()
    cut(body, body if piece.startswith("<") else "", sent=(body[: size // 2],))
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_forty_thousand_characters_are_cut_in_no_time(piece: str) -> None:
    assert seconds(piece, 40_000) < 1


@pytest.mark.parametrize("piece", PIECES)
def test_ten_times_as_much_costs_about_ten_times_as_long(piece: str) -> None:
    small = max(min(seconds(piece, 40_000) for _ in range(3)), 0.03)
    assert min(seconds(piece, 400_000) for _ in range(2)) < 50 * small  # quadratic would be a hundred times


@pytest.mark.parametrize("piece", [piece for piece in PIECES if not piece.startswith("<")])
def test_no_word_of_a_hostile_body_is_deleted(piece: str) -> None:
    body = piece * 300
    found = cut(body)
    assert sorted(f"{found.reply}\n{found.quoted}".split()) == sorted(body.split())
