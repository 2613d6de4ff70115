"""Undoes content transfer encodings (RFC 2045 §6), keeping what can be kept of broken ones."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_OTHER: Final = bytes(set(range(256)) - set(_ALPHABET))
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_AFTER_PADDING: Final = re.compile(rb"=[^\n]*")
_PADDING: Final = re.compile(rb"=+")
_BEGIN: Final = re.compile(rb"begin(?:-base64)? ([0-7]{3,4}) ([^\r\n]{1,400})\r?\Z")
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
    if b"=" in raw:
        raw = _AFTER_PADDING.sub(b"=", raw)
    kept = raw.translate(None, _OTHER) if b"-" not in raw and b"_" not in raw else _url_safe(raw)
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
    """The text without its uuencoded files, and the files (POSIX uuencode). Linear: a line is read once."""
    if b"begin " not in raw:
        return raw, []
    kept: list[bytes] = []
    found: list[Enclosed] = []
    pending: list[bytes] = []
    opened: bytes | None = None
    content = bytearray()
    for line in raw.splitlines(keepends=True):
        begin = _BEGIN.match(line.rstrip(b"\r\n"))
        if begin:
            kept += pending
            pending, opened, content = [line], begin.group(2), bytearray()
            continue
        if opened is None:
            kept.append(line)
            continue
        pending.append(line)
        bare = line.rstrip(b"\r\n")
        if bare.strip() == b"end":
            found.append(Enclosed(opened, bytes(content)))
            pending, opened = [], None
            continue
        decoded = _uu_line(bare)
        if decoded is None:
            kept += pending
            pending, opened = [], None
        else:
            content += decoded
    return b"".join(kept + pending), found


def _uu_line(line: bytes) -> bytes | None:
    if not line or len(line) > _UU_LONGEST + 4:
        return None if line else b""
    length = (line[0] - 32) & 63
    if length > 45 or len(line) - 1 < (length * 4 + 2) // 3 - 3:
        return None
    try:
        return binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4])
    except binascii.Error:
        return None
