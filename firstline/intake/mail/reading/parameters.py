"""Parses `value; name=value` headers with RFC 2231 continuations, however badly they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from firstline.intake.mail.reading import charsets, words

_KEY: Final = re.compile(r"([a-z0-9_.-]{1,60}?)(?:\*(\d{1,3}))?(\*)?\Z")
_ESCAPE: Final = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Parameters:
    """The leading value in lower case and the parameters, names in lower case, values decoded."""

    value: str
    items: dict[str, str]

    def get(self, name: str) -> str:
        return self.items.get(name, "")


def parse(header: str) -> Parameters:
    """Linear. The first of two parameters of a name stands; an RFC 2231 value beats a plain one."""
    pieces = _segments(header)
    plain: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[str, bool]]] = {}
    last = ""
    for piece in pieces[1:]:
        name, equals, value = piece.partition("=")
        key = _KEY.match(name.strip().lower())
        if not equals or key is None:
            if last in ("name", "filename") and piece.strip():
                plain[last] += ";" + piece
            continue
        value = _unquote(value.strip())
        if key.group(2) is None and key.group(3) is None:
            last = key.group(1) if key.group(1) not in plain else ""
            plain.setdefault(key.group(1), value)
        else:
            last = ""
            sections = extended.setdefault(key.group(1), {})
            sections.setdefault(int(key.group(2) or 0), (value, key.group(3) is not None))
    items = {name: words.decode(value) for name, value in plain.items()}
    items |= {name: _joined(sections) for name, sections in extended.items()}
    return Parameters(_leading(pieces[0]), items)


def _leading(piece: str) -> str:
    return piece.partition("(")[0].strip().strip("\"'").lower()


def _segments(header: str) -> list[str]:
    """Split at semicolons outside quotes; a quote that is never closed is an ordinary character."""
    pieces: list[str] = []
    start = at = 0
    while at < len(header):
        char = header[at]
        if char == '"':
            close = _closing(header, at + 1)
            if close < 0:
                pieces += header[start:].split(";")
                return pieces
            at = close
        elif char == ";":
            pieces.append(header[start:at])
            start = at + 1
        at += 1
    pieces.append(header[start:])
    return pieces


def _closing(header: str, at: int) -> int:
    """The next unescaped quote; a backslash before the last quote of a value is a Windows path, not an escape."""
    while (quote := header.find('"', at)) >= 0:
        if header[quote - 1] != "\\" or header[quote + 1 : quote + 2] in (";", ""):
            return quote
        at = quote + 1
    return -1


def _unquote(value: str) -> str:
    if not value.startswith('"'):
        return value.strip("'") if value.startswith("'") and value.endswith("'") else value
    close = _closing(value, 1)
    return _ESCAPE.sub(r"\1", value[1:close] if close > 0 else value[1:])


def _joined(sections: dict[int, tuple[str, bool]]) -> str:
    charset = ""
    raw = bytearray()
    for number in sorted(sections):
        value, encoded = sections[number]
        if encoded and number == min(sections) and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    return words.decode(charsets.decode(bytes(raw), declared=charset))
