"""Reads encoded words in header values (RFC 2047), also glued, quoted or cut ones."""

from __future__ import annotations

import binascii
import re
from typing import Final, NamedTuple

from firstline.intake.mail.reading import caps, charsets, transfer

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class _Word(NamedTuple):
    start: int
    end: int
    charset: str
    encoding: str
    payload: str


def decode(value: str) -> str:
    """The readable value: encoded words decoded, line ends and control characters gone, at most 200 words."""
    return plain(_expand(value) if "=?" in value else value)


def plain(value: str) -> str:
    """One line without control characters, whatever was smuggled into it."""
    return _CONTROL.sub(" ", value).strip() if not value.isprintable() else value.strip()


def _expand(value: str) -> str:
    pieces: list[str] = []
    run = bytearray()
    charset = ""
    last = 0
    for number, word in enumerate(_words(value)):
        gap = value[last : word.start]
        apart = number == 0 or bool(gap.strip())
        if apart or charset != word.charset:
            pieces.append(charsets.decode(bytes(run), declared=charset))
            run.clear()
        if apart:
            pieces.append(gap)
        run += _payload(word)
        charset, last = word.charset, word.end
    pieces.append(charsets.decode(bytes(run), declared=charset))
    pieces.append(value[last:])
    return "".join(pieces)


def _words(value: str) -> list[_Word]:
    found: list[_Word] = []
    last_end = value.rfind("?=")
    at = value.find("=?")
    while 0 <= at < last_end and len(found) < caps.ENCODED_WORDS:
        word = _word(value, at)
        if word is not None:
            found.append(word)
        at = value.find("=?", word.end if word else at + 2)
    return found


def _word(value: str, at: int) -> _Word | None:
    first = value.find("?", at + 2, at + 62)
    if first < 0 or value[first + 2 : first + 3] != "?" or value[first + 1] not in "bBqQ":
        return None
    end = value.find("?=", first + 3)
    if end < 0:
        return None
    charset = value[at + 2 : first].partition("*")[0]
    return _Word(at, end + 2, charset.lower(), value[first + 1].lower(), value[first + 3 : end])


def _payload(word: _Word) -> bytes:
    payload = word.payload
    # Raw 8-bit characters inside a word were read as text already: they go back to the word's own set.
    raw = payload.encode("ascii" if payload.isascii() else charsets.codec(word.charset) or "utf-8", "replace")
    if word.encoding == "b":
        return transfer.base64(raw)
    return binascii.a2b_qp(raw.replace(b" ", b"_").replace(b"\n", b""), header=True)


def count(value: str) -> int:
    """How many encoded words the value seems to hold."""
    return value.count("=?") if "?=" in value else 0
