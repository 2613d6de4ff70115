"""Digests what makes two copies of one letter the same, whichever way they travelled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

_SAME: Final = ("from", "to", "cc", "date", "subject")


def digest(fields: Iterable[tuple[str, str]], *, parts: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 in hex over From, To, Cc, Date, Subject (decoded, white space folded) and every leaf's type and
    decoded content; trace headers do not count, nor do line ends and trailing blank lines of text."""
    found = list(fields)
    whole = hashlib.sha256()
    for name in _SAME:
        for key, value in found:
            if key == name:
                _add(whole, name, " ".join(value.split()).encode("utf-8", "replace"))
    for kind, content in parts:
        if kind.startswith(("text/", "message/")):
            content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n")
        _add(whole, kind, content)
    return whole.hexdigest()


def _add(whole: hashlib._Hash, name: str, value: bytes) -> None:
    whole.update(f"{name}:{len(value)}:".encode())
    whole.update(value)
