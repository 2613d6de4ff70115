"""What a rule is given, and small readings of the header block that several rules share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from firstline.intake.mail.letter import Letter

VALUE: Final = 1000
"""Characters of one header value that a rule looks at."""

_WORD: Final = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter as it reached the desk.

    `ours` are the desk's addresses in lower case without reply tokens; `envelope_from` the MAIL FROM of the
    transfer, '' for the null sender, None where unknown (then Return-Path is asked).
    """

    letter: Letter
    ours: frozenset[str] = frozenset()
    envelope_from: str | None = None

    def is_ours(self, email: str) -> bool:
        """Whether an address is one of the desk's, with or without a reply token behind '+'."""
        return email.lower() in self.ours or plain_address(email) in self.ours

    def has_null_path(self) -> bool:
        """Whether the envelope sender is empty (RFC 5321 §4.5.5); Return-Path if it is unknown."""
        known = self.letter.headers.return_path if self.envelope_from is None else self.envelope_from
        return known is not None and known.strip(" <>") == ""


def keyword(letter: Letter, name: str) -> str:
    """The first keyword of a header in lower case, without parameters (RFC 3834 §5.2); '' if absent."""
    found = _WORD.search(letter.headers.first(name)[:VALUE].lower())
    return found.group() if found else ""


def words(letter: Letter, name: str) -> frozenset[str]:
    """Every word of all headers of one name, in lower case."""
    values = (value[:VALUE].lower() for value in letter.headers.all(name))
    return frozenset(word for value in values for word in _WORD.findall(value))


def automatic(letter: Letter) -> str:
    """The Auto-Submitted keyword if it says anything but `no` (RFC 3834 §5), else ''."""
    said = keyword(letter, "auto-submitted")
    return said if said != "no" else ""


def plain_address(email: str) -> str:
    """An address in lower case without the part behind '+' (RFC 5233), as a desk's addresses are compared."""
    local, at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
