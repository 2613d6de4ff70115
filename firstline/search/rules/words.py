"""Cuts text into the words that search knows, keeping addresses, versions, error codes and host names whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 64
LONGEST_TEXT = 65_536

_APOSTROPHES = "'\u2019\u02bc\u2018\u02b9\u0060\u00b4\uff07"
_FOLD = str.maketrans(
    {mark: "'" for mark in _APOSTROPHES}
    | {mark: None for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
    | {mark: "-" for mark in "\u2010\u2011"}
)
# Stress marks over Cyrillic vowels; they are never part of the spelling there.
_STRESS = str.maketrans({"\u0300": None, "\u0301": None})
# \w and the joiners share no sign, so every sign is looked at once.
_CHUNK = re.compile(r"\w+(?:[-'.@+&]\w+)*", re.UNICODE)
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*", re.UNICODE)
_MIXED = re.compile(r"[^\W\d_]{2,}|\d{2,}", re.UNICODE)
_PLAIN = re.compile(r"[^\W\d_]+", re.UNICODE)


def canonical(text: str) -> str:
    """The spelling in which text is compared: NFKC, casefolded, one apostrophe, no invisible signs."""
    folded = text.translate(_FOLD)
    if folded.isascii():
        return folded.casefold()
    folded = unicodedata.normalize("NFKC", folded).casefold()
    return folded.translate(_STRESS)


def words(text: str) -> Iterator[str]:
    """The words of a text in order, canonical, each followed by the parts that can be searched for alone.

    `ERR_0x80070057` gives itself, `err`, `0x80070057`, `80070057`; `e-mail` gives `email`, `e`, `mail`;
    `v10.0.1` gives itself, `10.0.1` and `10`. At most 65,536 characters are read; linear time.
    """
    for found in _CHUNK.finditer(canonical(text[:LONGEST_TEXT])):
        chunk = found.group()
        if _PLAIN.fullmatch(chunk):
            yield chunk[:LONGEST_WORD]
        else:
            yield from _of_chunk(chunk)


def _of_chunk(chunk: str) -> Iterator[str]:
    if len(chunk) <= LONGEST_WORD:
        pieces = _PIECE.findall(chunk)
        whole = chunk.strip("_")
        if len(pieces) > 1 and "-" in whole and whole.replace("-", "").isalpha():
            yield whole
            yield whole.replace("-", "")
        elif whole:
            yield whole
        if len(pieces) == 1:
            yield from _of_piece(pieces[0], whole)
            return
        if whole[:1] == "v" and whole[1:2].isdigit():
            yield whole[1:]
    else:
        pieces = _PIECE.findall(chunk)
    for piece in pieces:
        if len(piece) > 1 or not piece.isdigit():
            yield piece[:LONGEST_WORD]
            yield from _of_piece(piece, piece)


def _of_piece(piece: str, whole: str) -> Iterator[str]:
    """The letters and digits of a mixed piece apart: `win11` gives `win` and `11`."""
    if piece != whole:
        yield piece[:LONGEST_WORD]
    if "'" in piece or piece.isalpha() or piece.isdecimal():
        return
    parts = [part for part in _MIXED.findall(piece[:LONGEST_WORD]) if part != piece]
    if piece.startswith("0x"):
        yield piece[2:LONGEST_WORD]
    elif len(parts) <= 3:
        yield from parts
