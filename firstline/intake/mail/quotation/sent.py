"""Subtracts the words that we sent ourselves from the body of an answer."""

from __future__ import annotations

import re

from .lines import Kind, Line, split

_WORD = re.compile(r"\w+")
_URL = re.compile(r"<?\b(?:https?://|mailto:)[^\s<>]{1,2000}>?")
_SHINGLE = 4
_FEWEST_WORDS = 8


def subtract(lines: list[Line], sent: tuple[str, ...]) -> None:
    """Mark as quoted every run of text lines that repeats what we sent, however it was wrapped again.

    A line is ours when each of its groups of four words stands in a sent text; a shorter line when it is a whole
    line of ours. A run counts from eight words, so that an answer which happens to use three words of ours stays.
    Linear: groups and lines are looked up in one set.
    """
    if not sent:
        return
    groups, whole = _fingerprints(sent)
    run: list[Line] = []
    words = 0
    for line in [*lines, Line("", Kind.OPENER)]:
        folded = _fold(line.text) if line.kind is Kind.TEXT else []
        if folded and _is_ours(folded, groups, whole):
            run.append(line)
            words += len(folded)
        elif not line.blank and line.kind is not Kind.FRAME:
            if words >= _FEWEST_WORDS:
                for member in run:
                    member.kind, member.rule, member.loose = Kind.QUOTE, "sent", True
            run, words = [], 0


def _fingerprints(sent: tuple[str, ...]) -> tuple[set[int], set[int]]:
    groups: set[int] = set()
    whole: set[int] = set()
    for text in sent:
        words = _fold(text)
        groups.update(hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1))
        whole.update(hash(tuple(_fold(line.text))) for line in split(text) if not line.blank)
    return groups, whole


def _is_ours(words: list[str], groups: set[int], whole: set[int]) -> bool:
    if len(words) < _SHINGLE:
        return hash(tuple(words)) in whole
    return all(hash(tuple(words[at : at + _SHINGLE])) in groups for at in range(len(words) - _SHINGLE + 1))


def _fold(text: str) -> list[str]:
    return _WORD.findall(_URL.sub(" ", text).casefold())
