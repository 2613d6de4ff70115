"""Takes the readable text out of the RTF bodies that Outlook hides in winmail.dat."""

from __future__ import annotations

import re
import struct
from typing import Final

from firstline.intake.mail.reading import caps, charsets

_MAGIC_COMPRESSED: Final = 0x75465A4C
_MAGIC_PLAIN: Final = 0x414C454D
_WINDOW: Final = 4096
_PRELOAD: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DESTINATIONS: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata datastore listtable listoverridetable rsidtbl "
    b"generator xmlnstbl mmathPr fldinst header footer".split()
)
_BREAKS: Final = {b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"page": "\n"}
_SYMBOLS: Final = {
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"endash": "–", b"emdash": "—",
}  # fmt: skip


def decompress(raw: bytes) -> bytes:
    """LZFu data as RTF, at most `caps.RTF` bytes; b'' where it is damaged (MS-OXRTFCP §2.2, §3.1)."""
    if len(raw) < 16:
        return b""
    size, _, magic, _ = struct.unpack_from("<IIII", raw)
    if magic == _MAGIC_PLAIN:
        return raw[16 : 16 + min(caps.RTF, len(raw))]
    if magic != _MAGIC_COMPRESSED:
        return b""
    return _inflate(raw[16 : min(len(raw), size + 4)] + b"\0\0")


def _inflate(raw: bytes) -> bytes:
    window = bytearray(_PRELOAD.ljust(_WINDOW, b"\0"))
    write = len(_PRELOAD)
    out = bytearray()
    at = 0
    while at < len(raw) and len(out) < caps.RTF:
        control = raw[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                run = raw[at : at + 1]
                at += 1
            elif at + 1 >= len(raw):
                return bytes(out)
            else:
                token = raw[at] << 8 | raw[at + 1]
                at += 2
                if token >> 4 == write:
                    return bytes(out)
                run = _copied(window, token >> 4, (token & 15) + 2, write)
            for byte in run:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += run
    return bytes(out)


def _copied(window: bytearray, offset: int, length: int, write: int) -> bytes:
    out = bytearray()
    for step in range(length):
        place = (offset + step) % _WINDOW
        ahead = (place - write) % _WINDOW
        out.append(out[ahead] if ahead < len(out) else window[place])
    return bytes(out)


def text_of(rtf: bytes) -> str:
    """The words of an RTF document; of HTML wrapped in RTF the visible text (MS-OXRTFEX). Linear."""
    state = _State()
    for token in _TOKEN.finditer(rtf[: caps.RTF]):
        state.take(token)
    return re.sub(r"\n{3,}", "\n\n", state.text()).strip()


class _State:
    """What holds in the open group: whether it is hidden, and how many characters stand in for `\\u`."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.run = bytearray()
        self.codec = "cp1252"
        self.stack: list[tuple[bool, int]] = []
        self.hidden = False
        self.skip_count = 1
        self.skip = 0
        self.fresh = False

    def take(self, token: re.Match[bytes]) -> None:
        word, number, code, symbol, brace, text = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, int(number or 0))
        elif symbol:
            self._symbol(symbol)
        elif code:
            self._byte(bytes([int(code, 16)]))
        elif text:
            self._byte(text)
        self.fresh = brace == b"{" or (self.fresh and symbol == b"*")

    def text(self) -> str:
        self._flush()
        return "".join(self.out)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{" and len(self.stack) < 1000:
            self.stack.append((self.hidden, self.skip_count))
        elif brace == b"}" and self.stack:
            self.hidden, self.skip_count = self.stack.pop()

    def _word(self, word: bytes, number: int) -> None:
        if word == b"ansicpg":
            self.codec = charsets.codec(f"cp{number}") or "cp1252"
        elif word in (b"htmlrtf",):
            self._flush()
            self.hidden = number != 0 or False
        elif word == b"uc":
            self.skip_count = min(max(number, 0), 8)
        elif (word in _DESTINATIONS or word == b"htmltag") and self.fresh:
            self.hidden = True
        elif self.hidden:
            return
        elif word == b"u":
            self._flush()
            self.out.append(chr(number % 65536) if not 0xD800 <= number % 65536 <= 0xDFFF else "\ufffd")
            self.skip = self.skip_count
        elif word in _BREAKS or word in _SYMBOLS:
            self._flush()
            self.out.append(_BREAKS.get(word) or _SYMBOLS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.hidden = self.hidden or self.fresh
        elif symbol == b"~":
            self._byte(b" ")
        elif symbol in b"\\{}":
            self._byte(symbol)

    def _byte(self, text: bytes) -> None:
        if self.hidden:
            return
        cut = min(self.skip, len(text))
        self.skip -= cut
        self.run += text[cut:]

    def _flush(self) -> None:
        if self.run:
            self.out.append(charsets.decode(bytes(self.run), declared=self.codec))
            self.run.clear()
