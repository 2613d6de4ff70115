"""Chooses what to ask the database for, so that frequent words cost no more than rare ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline.search.rules.analysis import Term

MOST_CANDIDATES = 1000

# A matching is a conjunction of disjunctions of keys: one key of every group must stand in the row.
Matching = tuple[tuple[str, ...], ...]


def any_of(terms: Sequence[Term], frequencies: Mapping[str, int]) -> Matching:
    """Rows with any of the rarest terms: as many terms as together stand in at most 1,000 rows, at least one."""
    chosen: list[str] = []
    total = 0
    for count, keys in sorted((_rows(term, frequencies), term.keys) for term in terms):
        total += count
        if chosen and total > MOST_CANDIDATES:
            break
        chosen.extend(keys)
    return (tuple(dict.fromkeys(chosen)),)


def all_of(terms: Sequence[Term]) -> Matching:
    """Rows with every term."""
    return tuple(term.keys for term in terms)


def _rows(term: Term, frequencies: Mapping[str, int]) -> int:
    return sum(frequencies.get(key, 0) for key in term.keys)
