"""Reads the MAPI properties inside winmail.dat, bounded by the bytes that are there and not by counts they claim."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BODY: Final = 0x1000
BODY_HTML: Final = 0x1013
RTF_COMPRESSED: Final = 0x1009
INTERNET_CODE_PAGE: Final = 0x3FDE
DISPLAY_NAME: Final = 0x3001
ATTACH_DATA: Final = 0x3701
ATTACH_FILE_NAME: Final = 0x3704
ATTACH_LONG_FILE_NAME: Final = 0x3707

_MANY: Final = 0x1000
_NAMED: Final = 0x8000
_MOST_VALUES: Final = 10_000
_UNICODE: Final = 0x001F
_SIZES: Final = {
    0x0001: 0, 0x0002: 2, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 2,
    0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_VARIABLE: Final = frozenset({0x0000, 0x000D, 0x001E, 0x001F, 0x0102})


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its id, and its values as bytes, or as text where the type says Unicode."""

    identity: int
    value: bytes
    is_unicode: bool = False


def properties(raw: bytes) -> Iterator[Property]:
    """The properties in order, until the bytes end or make no sense (MS-OXTNEF §2.1.3.4)."""
    try:
        yield from _properties(raw)
    except struct.error:
        return


def _properties(raw: bytes) -> Iterator[Property]:
    at = 4
    while at + 4 <= len(raw):
        kind, identity = struct.unpack_from("<HH", raw, at)
        at += 4
        if identity >= _NAMED:
            at = _after_name(raw, at)
        base = kind & ~_MANY
        if base in _VARIABLE:
            count = _number(raw, at)
            at += 4
            if count > _MOST_VALUES:
                return
            pieces: list[bytes] = []
            while count > 0 and at + 4 <= len(raw):
                length = _number(raw, at)
                pieces.append(raw[at + 4 : at + 4 + length])
                at += 4 + length + -length % 4
                count -= 1
            yield Property(identity, b"".join(pieces), base == _UNICODE)
        elif base in _SIZES:
            count = _number(raw, at) if kind & _MANY else 1
            at += 4 if kind & _MANY else 0
            size = _SIZES[base] * count
            yield Property(identity, raw[at : at + min(size, 16)])
            at += size + -size % 4
        else:
            return


def _after_name(raw: bytes, at: int) -> int:
    if _number(raw, at + 16) == 0:
        return at + 24
    length = _number(raw, at + 20)
    return at + 24 + length + -length % 4


def _number(raw: bytes, at: int) -> int:
    found: int = struct.unpack_from("<I", raw, at)[0]
    return found
