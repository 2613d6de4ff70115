"""Undoes content transfer encodings (RFC 2045 §6), keeping what can be kept of broken ones."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final

from firstline.intake.mail.reading import caps

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_OTHER: Final = bytes(set(range(256)) - set(_ALPHABET))
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_AFTER_PADDING: Final = re.compile(rb"=[^\n]*")
_PADDING: Final = re.compile(rb"=+")
_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,400})\r?\n", re.MULTILINE)
_MOST_PIECES: Final = 10_000
_UU_LONGEST: Final = 62


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that stood in the text itself between `begin` and `end`."""

    name: bytes
    content: bytes


def decode(raw: bytes, *, encoding: str) -> bytes:
    """The content behind a Content-Transfer-Encoding; an unknown or identity encoding changes nothing."""
    name = encoding.partition(";")[0].strip().strip("\"'").lower()
    if name == "base64":
        return base64(raw)
    if name in ("quoted-printable", "quoted_printable", "qp"):
        return binascii.a2b_qp(raw)
    if name in ("x-uuencode", "x-uue", "uuencode", "x-uu"):
        _, enclosed = uuencoded(raw)
        return enclosed[0].content if enclosed else raw
    return raw


def base64(raw: bytes) -> bytes:
    """Base64 with any foreign bytes, missing padding, and several padded pieces on lines of their own."""
    if 0 < raw.count(b"=") <= _MOST_PIECES:
        raw = _AFTER_PADDING.sub(b"=", raw)
    kept = raw.translate(None, _OTHER) if b"-" not in raw and b"_" not in raw else _url_safe(raw)
    if kept.count(b"=") > _MOST_PIECES:
        kept = kept.replace(b"=", b"")
    pieces = _PADDING.split(kept) if b"=" in kept.rstrip(b"=") else [kept.rstrip(b"=")]
    return b"".join(_piece(piece) for piece in pieces)


def _url_safe(raw: bytes) -> bytes:
    return raw.translate(_URL_SAFE if b"+" not in raw and b"/" not in raw else None, b"").translate(None, _OTHER)


def _piece(piece: bytes) -> bytes:
    odd = len(piece) % 4
    if odd == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def uuencoded(raw: bytes) -> tuple[bytes, list[Enclosed]]:
    """The text without its uuencoded files, and the files (POSIX uuencode). Linear, at most `caps.UU_LINES` lines."""
    kept: list[bytes] = []
    found: list[Enclosed] = []
    last = at = 0
    left = caps.UU_LINES
    while left > 0 and (begin := _BEGIN.search(raw, at)) is not None:
        content, stop, lines = _uu_block(raw, begin.end(), left)
        left -= lines + 1
        at = stop
        if content is not None:
            kept.append(raw[last : begin.start()])
            found.append(Enclosed(begin.group(1), content))
            last = stop
    kept.append(raw[last:])
    return b"".join(kept), found


def _uu_block(raw: bytes, at: int, left: int) -> tuple[bytes | None, int, int]:
    """The file whose lines begin at `at`, or None if they are none; where reading stopped; how many lines it took."""
    content = bytearray()
    for number in range(1, left + 1):
        newline = raw.find(b"\n", at, at + _UU_LONGEST + 8)
        stop = newline + 1 if newline >= 0 else min(len(raw), at + _UU_LONGEST + 8)
        line = raw[at:stop].rstrip(b"\r\n")
        if line.strip() == b"end":
            return bytes(content), stop, number
        decoded = _uu_line(line) if at < len(raw) else None
        if decoded is None:
            return None, at, number
        content += decoded
        at = stop
    return None, at, left


def _uu_line(line: bytes) -> bytes | None:
    """The content of one line, None if it is none. Bits beyond the line's length may be anything."""
    if not line:
        return b""
    length = (line[0] - 32) & 63
    groups = (length + 2) // 3
    if length > 45 or len(line) > _UU_LONGEST + 4 or len(line) - 1 < groups * 4 - 3:
        return None
    try:
        return binascii.a2b_uu(bytes([32 + groups * 3]) + line[1 : 1 + groups * 4])[:length]
    except binascii.Error:
        return None
