"""Recognises delivery reports."""

from __future__ import annotations

from typing import Final

from firstline.intake.mail.bounces import is_report
from firstline.intake.mail.letter import Judgement, Letter

NAME: Final = "bounce"


def judge(letter: Letter, *, ours: frozenset[str], envelope_from: str | None) -> Judgement | None:
    """Delivery status notifications (RFC 3464, RFC 6522) and their prose forerunners; `bounces` reads them."""
    if is_report(letter):
        return Judgement("bounce", "A mail server reports on the delivery of a mail", NAME)
    return None
