"""Unpacks winmail.dat (application/ms-tnef) within limits."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from tnefparse import TNEF

from firstline.intake.mail.reading import caps, charsets, names, rtf

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_HEAD: Final = 6
_OBJECT: Final = 11
# Only what yields bodies and files is handed to tnefparse: its other branches loop over counts that the
# sender chose (recipients) or fail the whole file over one odd date.
_WANTED: Final = frozenset({0x800C, 0x9003, 0x9006, 0x9007})
_IN_ATTACHMENT: Final = frozenset({0x800F, 0x8010, 0x9002, 0x9005})
_ATTACHMENT_LEVEL: Final = 2
_FAILURES: Final = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, NameError, AssertionError,
    RecursionError, OSError, struct.error,
)  # fmt: skip

logging.getLogger("tnefparse").disabled = True


@dataclass(frozen=True, slots=True)
class Packed:
    """What a winmail.dat held: (name, content) of each file, and its body as text or HTML."""

    files: tuple[tuple[str, bytes], ...]
    text: str = ""
    html: str = ""


class _Attachment(Protocol):
    data: object

    def long_filename(self) -> object: ...


def unpack(raw: bytes) -> Packed | None:
    """The contents, or None where it cannot be read: then the file is kept as it came."""
    filtered = _filtered(raw)
    if filtered is None:
        return None
    try:
        found = TNEF(filtered, do_checksum=False)
        files = tuple(_files(found.attachments))
        text, html, packed = _text(found.body), _text(found.htmlbody), _bytes(found.rtfbody)
    except _FAILURES:
        return None
    if not text.strip() and not html.strip() and packed:
        text = rtf.text_of(packed if packed.startswith(b"{") else rtf.decompress(packed))
    return Packed(files, text, html)


def _filtered(raw: bytes) -> bytes | None:
    """The stream with only the objects that are wanted, read in one linear pass."""
    if not raw.startswith(SIGNATURE):
        return None
    pieces = [raw[:_HEAD]]
    at = _HEAD
    attached = False
    while at + _OBJECT < len(raw) and len(pieces) <= caps.TNEF_OBJECTS:
        level, name, _, length = struct.unpack_from("<BHHI", raw, at)
        stop = min(len(raw), at + 9 + length + 2)
        attached = attached or name == 0x9002
        wanted = name in _IN_ATTACHMENT and attached if level == _ATTACHMENT_LEVEL else name in _WANTED
        if wanted:
            pieces.append(raw[at:stop])
        at = stop
    return b"".join(pieces)


def _files(attachments: Iterable[_Attachment]) -> Iterable[tuple[str, bytes]]:
    for number, attachment in enumerate(attachments, start=1):
        content = _bytes(attachment.data)
        try:
            name = names.clean(_text(attachment.long_filename()))
        except (UnicodeDecodeError, LookupError):
            name = ""
        yield name or f"part-{number}.bin", content


def _joined(value: object) -> object:
    if isinstance(value, list):
        return b"".join(item for item in value if isinstance(item, bytes)) or "".join(
            item for item in value if isinstance(item, str)
        )
    return value


def _bytes(value: object) -> bytes:
    value = _joined(value)
    return value if isinstance(value, bytes) else value.encode("utf-8", "replace") if isinstance(value, str) else b""


def _text(value: object) -> str:
    value = _joined(value)
    if isinstance(value, bytes):
        return charsets.decode(value)
    return value.replace("\0", "") if isinstance(value, str) else ""
