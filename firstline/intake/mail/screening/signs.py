"""Small readings of the header block that several screening rules share."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Letter

VALUE: Final = 1000
"""Characters of one header value that a rule looks at."""

_WORD: Final = re.compile(r"[a-z][a-z0-9_-]*")


def keyword(letter: Letter, name: str) -> str:
    """The first keyword of a header in lower case, without parameters and comments (RFC 3834 §5.2); '' if absent."""
    found = _WORD.search(letter.headers.first(name)[:VALUE].lower())
    return found.group() if found else ""


def words(letter: Letter, name: str) -> frozenset[str]:
    """Every word of all headers of one name, in lower case."""
    return frozenset(word for value in letter.headers.all(name) for word in _WORD.findall(value[:VALUE].lower()))


def automatic(letter: Letter) -> str:
    """The Auto-Submitted keyword if it says anything but `no` (RFC 3834 §5), else ''."""
    said = keyword(letter, "auto-submitted")
    return said if said != "no" else ""


def null_path(letter: Letter, envelope_from: str | None) -> bool:
    """Whether the envelope sender is empty (RFC 5321 §4.5.5): by the envelope if known, else by Return-Path."""
    known = envelope_from if envelope_from is not None else letter.headers.return_path
    return known is not None and known.strip(" <>") == ""


def plain_address(email: str) -> str:
    """An address in lower case without the part behind '+' (RFC 5233), as a desk's addresses are compared."""
    local, at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def is_ours(email: str, ours: frozenset[str]) -> bool:
    """Whether an address is one of the desk's, with or without a reply token behind '+'."""
    return email.lower() in ours or plain_address(email) in ours
