"""Writes accented words as people write them on a foreign keyboard."""

from __future__ import annotations

import unicodedata

_TWO_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ґ": "г"})
_ONE_LETTER = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ł": "l", "đ": "d", "ð": "d", "ß": "s", "ґ": "г"})


def folded(word: str) -> tuple[str, ...]:
    """The spellings of a canonical word without accents, none of them the word itself: skærm → skaerm, skarm.

    Cyrillic й and ї are letters of their own and stay.
    """
    if word.isascii():
        return ()
    long = _bare(word.translate(_TWO_LETTERS))
    short = _bare(word.translate(_ONE_LETTER))
    return tuple(dict.fromkeys(form for form in (long, short) if form != word))


def _bare(word: str) -> str:
    if word.isascii():
        return word
    return "".join(unicodedata.normalize("NFD", sign)[0] if sign < "\u0250" else sign for sign in word)
