"""Recognises delivery reports."""

from __future__ import annotations

from typing import Final

from firstline.intake.mail.bounces import is_report
from firstline.intake.mail.letter import Judgement

from .signs import Arrival

NAME: Final = "bounce"


def judge(arrival: Arrival) -> Judgement | None:
    """Delivery status notifications (RFC 3464, RFC 6522) and prose ones; `bounces` reads them."""
    letter = arrival.letter
    if is_report(letter):
        return Judgement("bounce", "A mail server reports on the delivery of a mail", NAME)
    return None
