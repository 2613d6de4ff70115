"""Recognises letters that a person should look at before they become a ticket."""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import Final

from firstline.intake.mail.letter import Judgement, Letter

from . import signs
from .signs import Arrival

NAME: Final = "suspicious"

_CONTROL: Final = "x-firstline-"
_FAILED: Final = re.compile(r"\b(?:dmarc|spf) {0,2}= {0,2}(?:fail|softfail|hardfail)\b", re.IGNORECASE)
_PROGRAM: Final = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|vbs|vbe|jse?|wsf|hta|jar|msi|lnk|cpl|ps1|iso|img|vhdx?)$", re.IGNORECASE
)


def judge(arrival: Arrival) -> Judgement | None:
    """No usable sender or several (RFC 5322 §3.6.2), headers only we set, forged address, bare programs."""
    letter = arrival.letter
    headers = letter.headers
    if headers.sender is None or "@" not in headers.sender.email:
        return Judgement("suspicious", "The mail has no usable sender", NAME)
    if _several_senders(letter):
        return Judgement("suspicious", "The mail names several senders", NAME)
    if any(name.startswith(_CONTROL) and name != "x-firstline-desk" for name, _ in headers.fields):
        return Judgement("suspicious", "The mail carries headers that only this desk may set", NAME)
    if arrival.is_ours(headers.sender.email) and fails_authentication(letter):
        return Judgement("suspicious", "The mail pretends to come from this desk", NAME)
    files = letter.attachments
    if files and not letter.text.strip() and all(_PROGRAM.search(file.name) for file in files):
        return Judgement("suspicious", "The mail holds nothing but programs", NAME)
    return None


def fails_authentication(letter: Letter) -> bool:
    """Whether the topmost Authentication-Results (RFC 8601) says that SPF or DMARC failed."""
    found = letter.headers.authentication[:1]
    return bool(found) and _FAILED.search(found[0][:4000]) is not None


def _several_senders(letter: Letter) -> bool:
    """Several From headers, or several addresses in it without the Sender that RFC 5322 then asks for."""
    written = letter.headers.all("from")
    if len(written) > 1:
        return True
    if not written or written[0].count("@") < 2 or letter.headers.first("sender"):
        return False
    return (
        len({address.lower() for _, address in getaddresses([written[0][: signs.VALUE]]) if "@" in address})
        > 1
    )
