"""Splits compounds (nettverksskriver, netværksprinter, jelszókezelő) against words that are known."""

from __future__ import annotations

from collections.abc import Callable

SHORTEST_COMPOUND = 8
SHORTEST_PART = 4
LONGEST_COMPOUND = 40
_LINKS = {"nb": ("s", "e"), "da": ("s", "e"), "sv": ("s",), "de": ("s", "n", "es", "en"), "hu": ()}


def split(word: str, language: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The two parts of a compound without the linking s or e; empty when it is none. Takes at most 99 questions.

    Of several splits the one nearest the middle is taken.
    """
    links = _LINKS.get(language)
    if links is None or not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND:
        return ()
    middle = len(word) / 2
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    for at in sorted(places, key=lambda place: (abs(place - middle), -place)):
        head = _head(word[:at], links, known) if known(word[at:]) else ""
        if head:
            return head, word[at:]
    return ()


def _head(start: str, links: tuple[str, ...], known: Callable[[str], bool]) -> str:
    if known(start):
        return start
    for link in links:
        bare = start.removesuffix(link)
        if bare != start and len(bare) >= SHORTEST_PART and known(bare):
            return bare
    return ""
