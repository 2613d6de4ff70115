"""Ranks candidates by BM25F (Robertson, Zaragoza, Taylor 2004), alike on every database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from firstline.search.rules.analysis import Term

TITLE_WEIGHT = 4.0
SATURATION = 2.5  # k1; higher than usual, since a title alone counts four
SMALL_WORD = 0.4  # worth of a word like "the" or "how": it carries no topic, however rare it is in another language
TITLE_LENGTH, BODY_LENGTH = 0.5, 0.75  # b of each field: how much long texts are marked down
EXACT, INFLECTED, CORRECTED, WEAK = 1.2, 1.0, 0.8, 0.5  # worth of a term found as written, in another form …


class Candidate(NamedTuple):
    """A row that may answer: which object it belongs to, its tally (`analysis.tally_of`), its lengths in words.

    A tuple, since a thousand of them are made for a question.
    """

    row: int
    kind: str
    object_id: int
    tally: bytes
    title_length: int
    body_length: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the whole index: rows, words in all titles and all bodies, and rows that hold each key (absent: few)."""

    rows: int
    title_words: int
    body_words: int
    frequencies: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An object with its score and the row of it that answers best."""

    kind: str
    object_id: int
    row: int
    score: float


@dataclass(frozen=True, slots=True)
class _Needle:
    stems: tuple[bytes, ...]
    exact: bytes
    corrected: tuple[bytes, ...]
    weak: tuple[bytes, ...]


def _needles(terms: Sequence[Term]) -> list[_Needle]:
    def encoded(keys: tuple[str, ...]) -> tuple[bytes, ...]:
        return tuple(map(str.encode, keys))

    return [
        _Needle(encoded(one.stems), one.exact.encode(), encoded(one.corrected), encoded(one.weak)) for one in terms
    ]


def _count(tally: bytes, keys: tuple[bytes, ...]) -> int:
    """The highest count byte among the keys, 0 when the tally has none of them."""
    best = 0
    for key in keys:
        at = tally.find(key)
        if at > 0 and tally[at - 1] > best:
            best = tally[at - 1]
    return best


def _found(tally: bytes, needle: _Needle) -> tuple[int, int, float] | None:
    """Times in the title, times in the body, worth; None when the term is not there."""
    count = _count(tally, needle.stems)
    worth = INFLECTED
    if needle.exact in tally:
        count, worth = count or _count(tally, (needle.exact,)), EXACT
    elif not count:
        count, worth = _count(tally, needle.corrected), CORRECTED
        if not count:
            count, worth = _count(tally, needle.weak), WEAK
    return ((count - 128) >> 4, count & 15, worth) if count else None


# Of each term found: times in the title, times in the body, worth.
_Hits = dict[int, tuple[int, int, float]]


class _Evidence(NamedTuple):
    """What one row, or all rows of an object together, say about the terms."""

    row: int
    hits: _Hits
    title_length: int
    body_length: int


def _together(rows: Sequence[_Evidence]) -> _Evidence:
    """The rows of one object as one; the row with the most terms, the earliest of equals, is shown."""
    hits: _Hits = {}
    for one in rows:
        for at, (title, body, worth) in one.hits.items():
            before = hits.get(at, (0, 0, 0.0))
            hits[at] = (max(before[0], title), before[1] + body, max(before[2], worth))
    shown = max(rows, key=lambda one: (len(one.hits), -one.row))
    return _Evidence(shown.row, hits, max(one.title_length for one in rows), sum(one.body_length for one in rows))


def rank(
    candidates: Sequence[Candidate], terms: Sequence[Term], statistics: Statistics, *, limit: int
) -> tuple[Ranked, ...]:
    """The best objects in which a term was found, at most `limit`; equal scores by kind, then the newer object.

    A term counts as frequent as the candidates or the statistics say, whichever is more, so that statistics that
    have not been learnt yet do no harm.
    """
    needles = tuple(enumerate(_needles(terms)))
    objects: dict[tuple[str, int], list[_Evidence]] = {}
    seen = [0] * len(needles)
    for row, kind, object_id, tally, title_length, body_length in candidates:
        hits = {at: found for at, needle in needles if (found := _found(tally, needle))}
        for at in hits:
            seen[at] += 1
        if hits:
            evidence = _Evidence(row, hits, title_length, body_length)
            objects.setdefault((kind, object_id), []).append(evidence)
    weights = _weights(terms, seen, len(candidates), statistics)
    averages = _averages(candidates, statistics)
    scored = []
    for (kind, object_id), rows in objects.items():
        every = rows[0] if len(rows) == 1 else _together(rows)
        scored.append((-_score(every, weights, averages), kind, -object_id, every.row))
    scored.sort()
    return tuple(Ranked(kind, -object_id, row, -score) for score, kind, object_id, row in scored[:limit])


def _weights(terms: Sequence[Term], seen: Sequence[int], candidates: int, statistics: Statistics) -> list[float]:
    rows = max(candidates, statistics.rows)
    weights = []
    for term, count in zip(terms, seen, strict=True):
        known = max((statistics.frequencies.get(key, 0) for key in term.stems), default=0)
        weights.append(_rarity(max(count, known), rows) * (SMALL_WORD if term.small else 1.0))
    return weights


def _rarity(count: int, rows: int) -> float:
    return log(1 + (max(rows, count) - count + 0.5) / (count + 0.5))


def _averages(candidates: Sequence[Candidate], statistics: Statistics) -> tuple[float, float]:
    """Mean words in title and in body, never zero."""
    if statistics.rows:
        rows, titles, bodies = statistics.rows, statistics.title_words, statistics.body_words
    else:
        rows = len(candidates)
        titles = sum(candidate.title_length for candidate in candidates)
        bodies = sum(candidate.body_length for candidate in candidates)
    return max(titles / max(rows, 1), 1.0), max(bodies / max(rows, 1), 1.0)


def _score(found: _Evidence, weights: Sequence[float], averages: tuple[float, float]) -> float:
    title_norm = 1 - TITLE_LENGTH + TITLE_LENGTH * found.title_length / averages[0]
    body_norm = 1 - BODY_LENGTH + BODY_LENGTH * found.body_length / averages[1]
    total = 0.0
    for at in sorted(found.hits):
        title, body, worth = found.hits[at]
        often = TITLE_WEIGHT * title / title_norm + body / body_norm
        total += weights[at] * worth * often / (SATURATION + often)
    return total
