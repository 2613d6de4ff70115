"""Recognises the desk's own mail that came back, and mail that runs in circles."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Judgement

from . import signs, suspicious
from .signs import Arrival

NAME: Final = "loop"
MARKER: Final = "x-firstline-desk"
"""The header on everything the desk sends; its value is the sending mailbox's address."""
HOPS: Final = 50
"""Received headers after which mail servers give up by default; RFC 5321 §6.3 asks for a limit."""

_ADDRESS: Final = re.compile(r"[^\s<>\"',;:@]{1,64}@[a-z0-9.-]{1,255}")


def judge(arrival: Arrival) -> Judgement | None:
    """Our marker, X-Loop with our address, our own address as sender (RFC 3834 §2), too many hops.

    Another desk's marker is no loop: its agents are people who write to us. A sender address of ours that
    failed authentication is left to `suspicious`.
    """
    letter = arrival.letter
    if _marked(arrival):
        return Judgement("loop", "The desk's own mail came back", NAME)
    sender = letter.headers.sender
    if sender is not None and arrival.is_ours(sender.email) and not suspicious.fails_authentication(letter):
        return Judgement("loop", "The sender is an address of this desk", NAME)
    if len(letter.headers.all("received")) > HOPS:
        return Judgement("loop", "The mail went through too many servers", NAME)
    return None


def _marked(arrival: Arrival) -> bool:
    for name in (MARKER, "x-loop"):
        for value in arrival.letter.headers.all(name):
            found = _ADDRESS.findall(value[: signs.VALUE].lower())
            if any(arrival.is_ours(address) for address in found) or (name == MARKER and not found):
                return True
    return False
