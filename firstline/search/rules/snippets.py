"""Cuts the passage of a text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

LENGTH = 180  # characters of a snippet
LOOKED_AT = 16_384


def snippet(text: str, words: Sequence[str]) -> str:
    """At most 180 characters of the text around the passage with the most of the words, on one line.

    Inflected words are found by their beginnings. The result is plain text: whoever shows it must escape it.
    """
    part = text[:LOOKED_AT]
    start = _start(part, words)
    passage = part[start : start + LENGTH]
    if start:
        passage = passage.partition(" ")[2] if " " in passage[:24] else passage
    if start + LENGTH < len(text):
        passage = passage.rpartition(" ")[0] if " " in passage[-24:] else passage
    passage = " ".join(passage.split())
    return f"{'… ' if start else ''}{passage}{' …' if start + LENGTH < len(text) else ''}"


def _start(part: str, words: Sequence[str]) -> int:
    beginnings = sorted({word[: max(3, len(word) * 2 // 3)] for word in words if len(word) > 1})
    if not beginnings or len(part) <= LENGTH:
        return 0
    pattern = r"\b(?:" + "|".join(map(re.escape, beginnings)) + ")"
    places = [found.start() for found in re.finditer(pattern, part, re.IGNORECASE)]
    if not places:
        return 0
    best, most = places[0], 0
    last = 0
    for first, place in enumerate(places):
        while last < len(places) and places[last] < place + LENGTH - 40:
            last += 1
        if last - first > most:
            best, most = place, last - first
    return max(0, best - 40)
