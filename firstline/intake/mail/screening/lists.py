"""Recognises mail that was sent to many through a list."""

from __future__ import annotations

from typing import Final

from firstline.intake.mail.letter import Judgement

from . import signs
from .signs import Arrival

NAME: Final = "lists"

_HEADERS: Final = ("list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe", "mailing-list")


def judge(arrival: Arrival) -> Judgement | None:
    """List-Id (RFC 2919), List-Unsubscribe and its kin (RFC 2369), Precedence: list (RFC 3834 §3.1.8)."""
    letter = arrival.letter
    names = {name for name, _ in letter.headers.fields}
    if any(name in names for name in _HEADERS):
        return Judgement("list", "The mail came through a mailing list", NAME)
    if signs.keyword(letter, "precedence") == "list":
        return Judgement("list", "The mail came through a mailing list", NAME)
    return None
