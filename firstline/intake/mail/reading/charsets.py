"""Turns bytes of a claimed character set into text without ever failing or trusting the claim."""

from __future__ import annotations

import re
from encodings.aliases import aliases
from typing import Final

_UNSAFE: Final = frozenset(
    [
        "base64_codec",
        "bz2_codec",
        "hex_codec",
        "quopri_codec",
        "rot_13",
        "uu_codec",
        "zlib_codec",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
        "utf_7",
        "charmap",
    ]
)
# Codecs of the standard library that its table of aliases leaves out.
_UNLISTED: Final = frozenset({"koi8_u", "koi8_t", "cp720", "cp737", "cp856", "cp874", "cp875", "utf_8_sig"})
_CODECS: Final = (frozenset(aliases.values()) | _UNLISTED) - _UNSAFE

# What senders name and what they mean are not the same: the names on the left are used for the wider sets
# on the right (WHATWG Encoding Standard, "Names and labels").
_SUPERSETS: Final = {
    "latin_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NAMES: Final = {
    "iso_8859_8_i": "iso8859_8",
    "iso_8859_8_e": "iso8859_8",
    "iso_8859_6_i": "iso8859_6",
    "ks_c_5601": "cp949",
    "x_sjis": "cp932",
    "cp_936": "gb18030",
    "x_euc_jp": "euc_jp",
    "iso_2022_jp_ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "koi8_ru": "koi8_u",
    "unicode": "utf_16",
}
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,39}\Z")
_PUNCTUATION: Final = re.compile(r"[-.:+ ]+")
_JIS: Final = re.compile(rb"\x1b\$[@B]|\x1b\([BIJ]")
_CONTINUATION: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


def codec(declared: str) -> str | None:
    """The Python codec for a declared name, or None where the name is unknown, unsafe or not text."""
    name = _PUNCTUATION.sub("_", declared.strip().strip("\"'").lower())
    if not _NAME.match(name):
        return None
    found = _NAMES.get(name) or _known(name) or _known(name.removeprefix("x_"))
    return _SUPERSETS.get(found, found) if found else None


def _known(name: str) -> str | None:
    found = aliases.get(name, name)
    if found not in _CODECS:
        found = aliases.get(name.replace("_", ""), found)
    return found if found in _CODECS else None


def decode(raw: bytes, *, declared: str = "") -> str:
    """Text by the declared set, else UTF-8, else Windows-1252 with replacement; NUL is left out."""
    return _decode(raw, codec(declared) if declared else None).replace("\0", "")


def _decode(raw: bytes, name: str | None) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, name = raw[3:], "utf_8"
    if name == "iso2022_jp" or (name in (None, "ascii") and _looks_like_jis(raw)):
        return _jis(raw)
    if name is not None:
        text = raw.decode(name, "replace")
        wrong = text.count("\ufffd")
        if not wrong or (name not in ("ascii", "utf_8") and wrong * 20 <= len(text)):
            return text
    return _undeclared(raw)


def _undeclared(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong and wrong >= sum(1 for _ in _CONTINUATION.finditer(raw)):
        return raw.decode("cp1252", "replace")
    return text


def _looks_like_jis(raw: bytes) -> bool:
    return b"\x1b$" in raw and raw.isascii()


def _jis(raw: bytes) -> str:
    """ISO-2022-JP as it is really sent: with the vendors' characters, which Python's codec refuses (RFC 1468)."""
    pieces: list[str] = []
    reader, last = _single, 0
    for shift in _JIS.finditer(raw):
        pieces.append(reader(raw[last : shift.start()]))
        reader, last = (_double if shift.group().startswith(b"\x1b$") else _single), shift.end()
    pieces.append(reader(raw[last:]))
    return "".join(pieces)


def _single(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _double(raw: bytes) -> str:
    return "\n".join(_shifted(line) for line in raw.split(b"\n"))


def _shifted(line: bytes) -> str:
    """JIS X 0208 rows and cells as Shift-JIS bytes, whose Python codec knows the vendors' rows."""
    out = bytearray()
    for row, cell in zip(line[::2], line[1::2], strict=False):
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            out += b"?"
            continue
        lead = (row - 0x21 >> 1) + 0x81
        out.append(lead if lead <= 0x9F else lead + 0x40)
        out.append(cell + 0x7E if row % 2 == 0 else cell + (0x1F if cell < 0x60 else 0x20))
    return out.decode("cp932", "replace")
