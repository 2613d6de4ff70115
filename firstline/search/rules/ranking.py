"""Ranks candidates by BM25F (Robertson, Zaragoza, Taylor 2004), alike on every database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from firstline.search.rules.analysis import Term

TITLE_WEIGHT = 4.0
SATURATION = 1.2  # k1
TITLE_LENGTH, BODY_LENGTH = 0.5, 0.75  # b of each field: how much long texts are marked down
EXACT, INFLECTED, CORRECTED, WEAK = 1.2, 1.0, 0.8, 0.5  # worth of a term found as written, in another form …

@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may answer: which object it belongs to, its tally (`analysis.tally_of`), its lengths in words."""

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
    ways = (
        (needle.stems, EXACT if needle.exact in tally else INFLECTED),
        ((needle.exact,), EXACT),
        (needle.corrected, CORRECTED),
        (needle.weak, WEAK),
    )
    for keys, worth in ways:
        count = _count(tally, keys)
        if count:
            return (count - 128) >> 4, count & 15, worth
    return None


class _Object:
    """What the rows of one object say about each term, taken together."""

    __slots__ = ("best", "body_length", "hits", "row", "title_length")

    def __init__(self) -> None:
        self.hits: dict[int, tuple[int, int, float]] = {}
        self.title_length = self.body_length = self.best = 0
        self.row = 0

    def add(self, candidate: Candidate, hits: dict[int, tuple[int, int, float]]) -> None:
        if len(hits) > self.best or not self.row:
            self.best, self.row = len(hits), candidate.row
        self.title_length = max(self.title_length, candidate.title_length)
        self.body_length += candidate.body_length
        for at, (title, body, worth) in hits.items():
            before = self.hits.get(at, (0, 0, 0.0))
            self.hits[at] = (max(before[0], title), before[1] + body, max(before[2], worth))


def rank(candidates: Sequence[Candidate], terms: Sequence[Term], statistics: Statistics) -> tuple[Ranked, ...]:
    """All objects in which a term was found, best first; equal scores by kind, then the newer object.

    A term counts as frequent as the candidates or the statistics say, whichever is more, so that statistics that
    have not been learnt yet do no harm.
    """
    needles = _needles(terms)
    objects: dict[tuple[str, int], _Object] = {}
    frequency = [max((statistics.frequencies.get(key, 0) for key in term.stems), default=0) for term in terms]
    seen = [0] * len(needles)
    for candidate in candidates:
        hits = {at: found for at, needle in enumerate(needles) if (found := _found(candidate.tally, needle))}
        for at in hits:
            seen[at] += 1
        if hits:
            objects.setdefault((candidate.kind, candidate.object_id), _Object()).add(candidate, hits)
    rows = max(len(candidates), statistics.rows)
    weights = [_rarity(max(pair), rows) for pair in zip(seen, frequency, strict=True)]
    averages = _averages(candidates, statistics)
    ranked = [
        Ranked(kind, object_id, found.row, _score(found, weights, averages))
        for (kind, object_id), found in objects.items()
    ]
    ranked.sort(key=lambda one: (-one.score, one.kind, -one.object_id))
    return tuple(ranked)


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


def _score(found: _Object, weights: Sequence[float], averages: tuple[float, float]) -> float:
    title_norm = 1 - TITLE_LENGTH + TITLE_LENGTH * found.title_length / averages[0]
    body_norm = 1 - BODY_LENGTH + BODY_LENGTH * found.body_length / averages[1]
    total = 0.0
    for at in sorted(found.hits):
        title, body, worth = found.hits[at]
        often = TITLE_WEIGHT * title / title_norm + body / body_norm
        total += weights[at] * worth * often / (SATURATION + often)
    return total
