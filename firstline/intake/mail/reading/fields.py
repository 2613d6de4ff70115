"""Finds the header fields at the top of a message or part and says where its body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from firstline.intake.mail.reading import caps, charsets, words

_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)\Z", re.DOTALL)
_WELL_KNOWN: Final = re.compile(
    rb"(?:x-[\w-]{1,60}|arc-[\w-]{1,40}|list-[\w-]{1,40}|content-[\w-]{1,40}|resent-[\w-]{1,20}|dkim-signature"
    rb"|received(?:-spf)?|return-path|delivered-to|envelope-to|authentication-results|from|sender|reply-to|to|cc"
    rb"|bcc|subject|date|message-id|in-reply-to|references|mime-version|auto-submitted|precedence|importance"
    rb"|priority|user-agent|thread-(?:topic|index)|errors-to|organization)[ \t]*:",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """A header block: (lower-case name, raw unfolded value) in order, where the body begins, and what was odd."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    body: int = 0
    notes: list[str] = field(default_factory=list)

    def first(self, name: str) -> bytes:
        """The first value of a header that is not blank, or b''."""
        return next((value for key, value in self.fields if key == name and value.strip()), b"")


def block(raw: bytes, *, start: int, end: int) -> Block:
    """The header block of `raw[start:end]`; linear, bounded by the caps, tolerant of lines that are no header.

    A junk line is passed over only while a well-known header still follows it before the blank line (RFC 5322
    §2.2 knows no such line); otherwise the body begins there, so that text without headers stays text.
    """
    result = Block()
    lines, result.body = _lines(raw, start, end)
    if result.body - start > caps.HEADER_BLOCK + caps.HEADER:
        _note(result, "cap:header-block")
    last_known = max((n for n, line in enumerate(lines) if _WELL_KNOWN.match(line[1])), default=-1)
    value: list[bytes] = []
    size = 0
    for number, (at, line) in enumerate(lines):
        if line[:1] in (b" ", b"\t") and value:
            size += len(line)
            if size <= caps.HEADER:
                value.append(line)
            else:
                _note(result, "cap:header")
            continue
        match = _FIELD.match(line)
        if match is None or (last_known < 0 and _is_prose(match.group(1), start)):
            if number <= last_known or (number == 0 and _is_envelope(line)):
                continue
            result.body = at
            break
        if len(result.fields) >= caps.HEADERS:
            _note(result, "cap:headers")
            continue
        _close(result, value)
        size = len(line)
        if size > caps.HEADER:
            _note(result, "cap:header")
        value = [match.group(2)[: caps.HEADER]]
        result.fields.append((match.group(1).decode("ascii").lower(), b""))
    _close(result, value)
    return result


def _close(result: Block, value: list[bytes]) -> None:
    if value and result.fields:
        result.fields[-1] = (result.fields[-1][0], b" ".join(piece.strip() for piece in value).strip())
    value.clear()


def _note(result: Block, note: str) -> None:
    if note not in result.notes:
        result.notes.append(note)


def _is_envelope(line: bytes) -> bool:
    """The mbox separator line, also escaped."""
    return line.startswith((b"From ", b">From "))


def _is_prose(name: bytes, start: int) -> bool:
    """At the very top of a letter a lone `Word:` line without any known header is text, not a header."""
    return start == 0 and b"-" not in name


def _lines(raw: bytes, start: int, end: int) -> tuple[list[tuple[int, bytes]], int]:
    found: list[tuple[int, bytes]] = []
    at = start
    limit = start + caps.HEADER_BLOCK
    while at < end:
        if at >= limit:
            return found, _after_blank_line(raw, at - 1, end)
        newline = raw.find(b"\n", at, end)
        stop = newline if newline >= 0 else end
        following = newline + 1 if newline >= 0 else end
        line = raw[at : min(stop, at + caps.HEADER + 1)].rstrip(b"\r").replace(b"\r", b" ")
        if not line.strip() and (not line or not _goes_on(raw, following, end)):
            return found, following
        found.append((at, line))
        at = following
    return found, end


def _after_blank_line(raw: bytes, at: int, end: int) -> int:
    ends = [place + len(blank) for blank in (b"\n\n", b"\n\r\n") if (place := raw.find(blank, at, end)) >= 0]
    return min(ends, default=end)


def _goes_on(raw: bytes, at: int, end: int) -> bool:
    """Whether a line of mere spaces is a fold inside the header block: another fold or header follows."""
    piece = raw[at : min(end, at + 200)]
    return piece[:1] in (b" ", b"\t") or _WELL_KNOWN.match(piece) is not None


def text(value: bytes) -> str:
    """A raw value as text with its encoded words still standing."""
    return value.decode("ascii") if value.isascii() and b"\x1b" not in value else charsets.decode(value)


def readable(value: bytes) -> str:
    """A raw value as a person reads it: one line, decoded."""
    return words.decode(text(value))
