"""Reads Message-ID, In-Reply-To and References, with brackets or without (RFC 5322 §3.6.4)."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.reading import caps

_BRACKETED: Final = re.compile(r"<([^<>]{1,998})>")
_SPACE: Final = re.compile(r"\s+")


def parse(value: str) -> tuple[str, ...]:
    """The identifiers in order without brackets, each once, the last 200; prose between is passed over."""
    found = [_SPACE.sub("", item) for item in _BRACKETED.findall(value)]
    if not any(found):
        found = [word.strip("<>,;\"'()") for word in value.split() if "@" in word]
    unique = dict.fromkeys(item for item in found if item)
    return tuple(unique)[-caps.REFERENCES :]


def one(value: str) -> str:
    """The message's own identifier, or '' where the header holds none; a bare word is taken as it stands."""
    found = parse(value)
    if found:
        return found[0]
    words = value.split()
    return words[0].strip("<>")[:998] if len(words) == 1 else ""
