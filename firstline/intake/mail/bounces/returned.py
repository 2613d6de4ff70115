"""Finds the headers of the message that came back inside a delivery report."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Letter

from .notice import LOOK, lines_of

HEADER: Final = re.compile(r"([a-z][a-z0-9-]{1,60}):[ \t]*(.*)", re.IGNORECASE)
IDENTITY: Final = re.compile(r"<([^<>\s]{1,500})>")
_RETURNED_TYPES: Final = (
    "message/rfc822",
    "text/rfc822-headers",
    "text/rfc822-header",
    "message/global",
    "message/global-headers",
)
_SIGNS: Final = frozenset(
    {
        "received",
        "return-path",
        "message-id",
        "from",
        "to",
        "subject",
        "date",
        "mime-version",
        "dkim-signature",
    }
)


def original_headers(letter: Letter) -> tuple[tuple[str, str], ...]:
    """(lower-case name, value) of the returned message's header block, unfolded, or () if none came back.

    A part that holds the message or its headers (RFC 3462, RFC 6522) goes first; else the block of header
    lines inside the report's text.
    """
    for part in letter.parts:
        if part.type in _RETURNED_TYPES:
            found = _block(lines_of(part.text)) or part.fields
            if len(_SIGNS & {name for name, _ in found}) >= 2:
                return tuple(found)
    for part in letter.parts:
        if part.type.startswith("text/") and part.text:
            found = _inside(part.text[:LOOK])
            if found:
                return found
    return _inside(letter.text[:LOOK]) if not letter.parts else ()


def original_message_id(letter: Letter) -> str:
    """The Message-ID of the message that came back, without brackets; '' if the report does not tell.

    Where no header came back, the report's own In-Reply-To or References name it (RFC 3834 §3.1.5).
    """
    for name, value in original_headers(letter):
        if name == "message-id":
            match = IDENTITY.search(value[:1000])
            return match.group(1) if match else value.strip()[:500]
    named = letter.headers.in_reply_to or letter.headers.references[-1:]
    return named[0] if named else ""


def _inside(text: str) -> tuple[tuple[str, str], ...]:
    """The first run of header lines that is the head of a mail: at least three of the usual fields."""
    lines = lines_of(text)
    place = 0
    while place < len(lines):
        match = HEADER.match(lines[place].lstrip("> \t"))
        if match is None or match.group(1).lower() not in _SIGNS:
            place += 1
            continue
        block = _block(lines[place:])
        if len(_SIGNS & {name for name, _ in block}) >= 3:
            return block
        place += max(1, len(block))
    return ()


def _block(lines: list[str]) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    for raw in lines[:1000]:
        line = raw.lstrip("> ") if raw.startswith(">") else raw
        match = HEADER.match(line)
        if match is not None:
            fields.append((match.group(1).lower(), match.group(2).strip()))
        elif line[:1] in (" ", "\t") and line.strip() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}"[:4000])
        elif fields or line.strip():
            break
    return tuple(fields)
