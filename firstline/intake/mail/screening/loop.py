"""Recognises the desk's own mail that came back, and mail that runs in circles."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Judgement, Letter

from . import signs, suspicious

NAME: Final = "loop"
MARKER: Final = "x-firstline-desk"
"""The header on everything the desk sends; its value is the sending mailbox's address."""
HOPS: Final = 50
"""Received headers after which mail servers give up by default; RFC 5321 §6.3 asks for a limit."""

_ADDRESS: Final = re.compile(r"[^\s<>\"',;:@]{1,64}@[a-z0-9.-]{1,255}")


def judge(letter: Letter, *, ours: frozenset[str], envelope_from: str | None) -> Judgement | None:
    """Our marker, X-Loop with our address, our own address as sender (RFC 3834 §2), too many hops.

    Another desk's marker is no loop: its agents are people who write to us. A sender address of ours that
    failed authentication is left to `suspicious`.
    """
    if _marked(letter, ours):
        return Judgement("loop", "The desk's own mail came back", NAME)
    sender = letter.headers.sender
    if sender is not None and signs.is_ours(sender.email, ours) and not suspicious.fails_authentication(letter):
        return Judgement("loop", "The sender is an address of this desk", NAME)
    if len(letter.headers.all("received")) > HOPS:
        return Judgement("loop", "The mail went through too many servers", NAME)
    return None


def _marked(letter: Letter, ours: frozenset[str]) -> bool:
    for name in (MARKER, "x-loop"):
        for value in letter.headers.all(name):
            found = _ADDRESS.findall(value[: signs.VALUE].lower())
            if any(signs.is_ours(address, ours) for address in found) or (name == MARKER and not found):
                return True
    return False
