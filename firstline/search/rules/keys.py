"""Turns words into short opaque keys that every database stores and compares alike."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b

LENGTH = 7  # characters of a key; 35 bits for stems, 31 for the others

_EXACT, _WEAK = "01", "89"  # never first in base 32, so the three kinds of key cannot meet


def _encoded(text: str) -> tuple[str, int]:
    digest = blake2b(text.encode(), digest_size=6).digest()
    return b32encode(digest[:5]).decode("ascii").lower(), digest[5]


def stem_key(stem: str) -> str:
    """The key of a stem."""
    return _encoded(stem)[0][:LENGTH]


def exact_key(word: str) -> str:
    """The key of a word as written, so that the exact form can rank first."""
    encoded, spare = _encoded(word)
    return _EXACT[spare & 1] + encoded[: LENGTH - 1]


def weak_key(stem: str) -> str:
    """The key of a stem met in another guise: without its accents, or inside a compound."""
    encoded, spare = _encoded(stem)
    return _WEAK[spare & 1] + encoded[: LENGTH - 1]
