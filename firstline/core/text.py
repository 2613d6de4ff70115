"""Small questions about text that know no word of the help desk."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, zero-width marks, marks and overrides of direction, tags: nothing of them can be seen.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e"
                      r"\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_SPACE = re.compile(r"\s+")


def line(text: str, *, limit: int = 250) -> str:
    """One clean line: white space folded, control and direction marks out, at most `limit` characters."""
    folded = _SPACE.sub(" ", _CONTROL.sub("", text)).strip()
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def without_nul(text: str) -> str:
    """The text without NUL bytes and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def sort_key(name: str) -> str:
    """A key by which names are sorted and found: case and accents folded, ø and å as o and a."""
    plain = name.casefold().translate({ord("ø"): "o", ord("å"): "a", ord("æ"): "ae", ord("ß"): "ss"})
    parted = unicodedata.normalize("NFKD", plain)
    return _SPACE.sub(" ", "".join(c for c in parted if not unicodedata.combining(c))).strip()


def email_key(address: str) -> str:
    """The form in which an e-mail address is compared: trimmed, lower case, NFC."""
    return unicodedata.normalize("NFC", address.strip().strip("<>")).lower()[:254]
