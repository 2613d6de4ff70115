"""Unpacks winmail.dat (application/ms-tnef) in one linear pass."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from firstline.intake.mail.reading import caps, charsets, mapi, names, rtf

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_HEAD: Final = 6
_OBJECT: Final = struct.Struct("<BHHI")
_BODY: Final = 0x800C
_DATA: Final = 0x800F
_TITLE: Final = 0x8010
_OPENS_ATTACHMENT: Final = 0x9002
_MESSAGE_PROPERTIES: Final = 0x9003
_ATTACHMENT_PROPERTIES: Final = 0x9005
_CODE_PAGE: Final = 0x9007
# An embedded Outlook message is an OLE object whose interface id stands before its data.
_MESSAGE_INTERFACE: Final = bytes.fromhex("0703020000000000c000000000000046")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a winmail.dat held: (name, content) of each file, and its body as text or HTML."""

    files: tuple[tuple[str, bytes], ...]
    text: str = ""
    html: str = ""


@dataclass(slots=True)
class _File:
    title: str = ""
    short: str = ""
    long: str = ""
    shown: str = ""
    content: bytes = b""


@dataclass(slots=True)
class _Found:
    code_page: str = ""
    text: str = ""
    html: str = ""
    packed: bytes = b""
    files: list[_File] = field(default_factory=list)


def unpack(raw: bytes) -> Packed | None:
    """The contents, or None where it is no TNEF: then the file is kept as it came (MS-OXTNEF §2.1).

    Own code, since tnefparse loops over counts that the sender chose and fails a whole file over one odd value.
    """
    if not raw.startswith(SIGNATURE):
        return None
    found = _Found()
    for name, value in _objects(raw):
        _take(found, name, value)
    text = found.text
    if not text.strip() and not found.html.strip() and found.packed:
        text = rtf.text_of(rtf.decompress(found.packed))
    return Packed(tuple(_named(found.files)), text, found.html)


def _objects(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD
    for _ in range(caps.TNEF_OBJECTS):
        if at + _OBJECT.size > len(raw):
            return
        _, name, _, length = _OBJECT.unpack_from(raw, at)
        at += _OBJECT.size
        yield name, raw[at : at + length]
        at += length + 2


def _take(found: _Found, name: int, value: bytes) -> None:
    if name == _OPENS_ATTACHMENT:
        found.files.append(_File())
    elif name == _CODE_PAGE and len(value) >= 4:
        found.code_page = f"cp{int.from_bytes(value[:4], 'little')}"
    elif name == _BODY:
        found.text = charsets.decode(value, declared=found.code_page)
    elif name == _MESSAGE_PROPERTIES:
        _take_message(found, value)
    elif found.files:
        file = found.files[-1]
        if name == _TITLE:
            file.title = charsets.decode(value, declared=found.code_page)
        elif name == _DATA:
            file.content = value
        elif name == _ATTACHMENT_PROPERTIES:
            _take_attachment(file, value, found.code_page)


def _take_message(found: _Found, value: bytes) -> None:
    html = text = None
    code_page = found.code_page
    for item in mapi.properties(value):
        if item.identity == mapi.INTERNET_CODE_PAGE:
            code_page = _code_page(item.value)
        elif item.identity == mapi.BODY:
            text = item
        elif item.identity == mapi.BODY_HTML:
            html = item
        elif item.identity == mapi.RTF_COMPRESSED:
            found.packed = item.value
    found.text = _text(text, code_page) if text else found.text
    found.html = _text(html, code_page) if html else found.html


def _take_attachment(file: _File, value: bytes, code_page: str) -> None:
    for item in mapi.properties(value):
        if item.identity == mapi.ATTACH_LONG_FILE_NAME:
            file.long = _text(item, code_page)
        elif item.identity == mapi.ATTACH_FILE_NAME:
            file.short = _text(item, code_page)
        elif item.identity == mapi.DISPLAY_NAME:
            file.shown = _text(item, code_page)
        elif item.identity == mapi.ATTACH_DATA:
            file.content = item.value.removeprefix(_MESSAGE_INTERFACE)


def _code_page(value: bytes) -> str:
    number = int.from_bytes(value[:4], "little")
    return {65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u"}.get(number) or (
        f"iso-8859-{number - 28590}" if 28591 <= number <= 28605 else f"cp{number}"
    )


def _text(item: mapi.Property, code_page: str) -> str:
    return charsets.decode(item.value, declared="utf-16-le" if item.is_unicode else code_page)


def _named(files: list[_File]) -> Iterator[tuple[str, bytes]]:
    for number, file in enumerate(files, start=1):
        name = names.clean(file.long) or names.clean(file.title) or names.clean(file.short) or names.clean(file.shown)
        yield name or f"part-{number}.bin", file.content
