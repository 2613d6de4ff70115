"""Answers a question with what the one who asks may see, best first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from firstline.search import fulltext, vocabulary
from firstline.search.dictionary import analyser
from firstline.search.index import EVERYBODY
from firstline.search.models import Openness
from firstline.search.rules.analysis import LONGEST_QUERY, Term
from firstline.search.rules.language import plain_code
from firstline.search.rules.planning import MOST_CANDIDATES, Matching, all_of, any_of, too_many
from firstline.search.rules.ranking import Candidate, Ranked, Statistics, rank
from firstline.search.rules.snippets import LOOKED_AT, snippet
from firstline.search.rules.words import canonical

FEW = 3  # a word in fewer rows may be a typing error
MOST_CORRECTIONS, MOST_COMPLETIONS = 3, 10  # a word
NUMBERED = 1000.0  # score of the object whose number was asked for

_STARRED = re.compile(r"([^\W\d_]{3,64})\*")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose eyes: `internal` sees internal text; the rest says whose objects.

    A text is seen by its own team; one that is not confidential also by `all_teams`, and by all when it was put
    there for EVERYBODY.
    """

    internal: bool
    all_teams: bool
    teams: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An object that answers; `snippet` is plain text of at most 184 characters, from text the audience may see."""

    kind: str
    id: int
    number: int | None
    title: str
    language: str
    score: float
    snippet: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first, and the corrected words that were also searched for and stand in one of the hits."""

    hits: tuple[Hit, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Filter:
    """A condition on rows `r` and its parameters."""

    condition: str
    parameters: tuple[str | int, ...]


EVERYTHING = _Filter("1 = 1", ())


def search(
    query: str,
    *,
    audience: Audience,
    kinds: Collection[str],
    language: str | None = None,
    among: frozenset[int] | None = None,
    limit: int = 20,
) -> Found:
    """The objects of these kinds that answer the question, best first; an object with the number asked for is first.

    `language` keeps to texts in that language; `among` keeps to these object ids. A customer searches his own tickets
    as `Audience(internal=False, all_teams=True, teams=frozenset())` among their ids; without ids he sees what guests
    see. A star behind three letters or more stands for any ending; every other sign is read literally.
    """
    visible = _visible(audience, kinds, language, among)
    numbered = _numbered(query, visible)
    terms = analyser().query_keys(query, languages=(language,) if language else ())
    if not terms:
        return Found(_hits(numbered, ())[:limit], ())
    known = vocabulary.statistics(key for term in terms for key in term.keys)
    corrected = {term.word: _corrections(term, known.frequencies) for term in terms}
    endings = _completions(query)
    widened = [_widened(term, corrected[term.word] | endings.get(term.word, {}), known) for term in terms]
    candidates = _gathered(widened, known, visible, limit)
    first = {(one.kind, one.object_id) for one in numbered}
    ranked = [
        one
        for one in rank(candidates, widened, known, limit=limit + len(first))
        if (one.kind, one.object_id) not in first
    ]
    best = (*numbered, *ranked)[:limit]
    shown = {one.row for one in best}
    tallies = [one.tally for one in candidates if one.row in shown]
    also = [word for words in corrected.values() for word, keys in words.items() if _stands_in(keys, tallies)]
    return Found(_hits(best, (*(term.word for term in terms if not term.small), *also)), tuple(dict.fromkeys(also)))


def _visible(
    audience: Audience, kinds: Collection[str], language: str | None, among: frozenset[int] | None
) -> _Filter:
    own = _one_of("r.team_id", audience.teams)
    of_all_teams = audience.all_teams and (audience.internal or among is not None)
    everybody = "" if of_all_teams else f" AND r.team_id = {EVERYBODY}"
    of_kinds = _one_of("r.kind", kinds)
    parts = [of_kinds.condition, f"({own.condition} OR (NOT r.confidential{everybody}))"]
    parameters = [*of_kinds.parameters, *own.parameters]
    if not audience.internal:
        parts.append("r.audience = %s")
        parameters.append(int(Openness.PUBLIC))
    if language is not None:
        parts.append("r.language = %s")
        parameters.append(plain_code(language))
    if among is not None:
        ids = _one_of("r.object_id", among)
        parts.append(ids.condition)
        parameters.extend(ids.parameters)
    return _Filter(" AND ".join(parts), tuple(parameters))


def _one_of(column: str, values: Collection[str] | Collection[int]) -> _Filter:
    if not values:
        return _Filter("1 = 0", ())
    return _Filter(f"{column} IN ({', '.join(['%s'] * len(values))})", tuple(values))


def _numbered(query: str, visible: _Filter) -> tuple[Ranked, ...]:
    number = query.strip().removeprefix("#")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return ()
    rows = _select(
        "r.kind, r.object_id, r.id",
        "search_row r",
        _Filter("r.number = %s", (int(number),)),
        visible,
        f"ORDER BY r.id DESC LIMIT {MOST_CANDIDATES}",
    )
    oldest = {(kind, object_id): row for kind, object_id, row in rows}
    return tuple(Ranked(kind, object_id, row, NUMBERED) for (kind, object_id), row in sorted(oldest.items()))


def _gathered(terms: Sequence[Term], known: Statistics, visible: _Filter, enough: int) -> list[Candidate]:
    """Rows with any of the rarest terms; where those are too many, rows with all terms, and more only if few."""
    if len(terms) > 1 and too_many(terms, known.frequencies):
        every = _candidates(all_of(terms), visible)
        if len(every) >= enough:
            return every
        some = _candidates(any_of(terms, known.frequencies), visible)
        return list({one.row: one for one in (*every, *some)}.values())
    return _candidates(any_of(terms, known.frequencies), visible)


def _candidates(matching: Matching, visible: _Filter) -> list[Candidate]:
    tables, matches, sought = fulltext.source(matching)
    rows = _select(
        "r.id, r.kind, r.object_id, r.tally, r.title_length, r.body_length",
        tables,
        _Filter(matches, (sought,)),
        visible,
        f"ORDER BY {fulltext.newest_first()} DESC LIMIT {MOST_CANDIDATES}",
    )
    return [Candidate(row, kind, one, bytes(tally), title, body) for row, kind, one, tally, title, body in rows]


def _corrections(term: Term, frequencies: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """For a word that hardly stands in the index, its corrections with their keys."""
    if term.small or max((frequencies.get(key, 0) for key in (*term.stems, term.exact)), default=0) >= FEW:
        return {}
    near = vocabulary.corrections(term.word, limit=MOST_CORRECTIONS)
    return {word: analyser().query_keys(word)[0].stems for word in near}


def _completions(query: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each beginning with a star, the known words that begin so, with their keys."""
    found = {}
    for beginning in set(_STARRED.findall(canonical(query[:LONGEST_QUERY]))):
        words = vocabulary.completions(beginning, limit=MOST_COMPLETIONS)
        found[beginning] = {word: analyser().query_keys(word)[0].stems for word in words}
    return found


def _widened(term: Term, others: dict[str, tuple[str, ...]], known: Statistics) -> Term:
    """The term with its other readings, and without the weak keys that no learnt row has: they only cost time."""
    more = dict.fromkeys(key for keys in others.values() for key in keys)
    weak = tuple(key for key in term.weak if key in known.frequencies) if known.rows else term.weak
    return replace(term, corrected=tuple(more), weak=weak)


def _stands_in(keys: Iterable[str], tallies: Sequence[bytes]) -> bool:
    wanted = [key.encode() for key in keys]
    return any(key in tally for tally in tallies for key in wanted)


def _hits(best: Sequence[Ranked], words: Sequence[str]) -> tuple[Hit, ...]:
    rows = _select(
        f"r.id, r.number, r.title, r.language, SUBSTR(r.text, 1, {LOOKED_AT})",
        "search_row r",
        _one_of("r.id", [one.row for one in best]),
    )
    texts = {row: rest for row, *rest in rows}
    hits = []
    for one in best:
        if one.row in texts:
            number, title, language, text = texts[one.row]
            hits.append(Hit(one.kind, one.object_id, number, title, language, one.score, snippet(text, words)))
    return tuple(hits)


def _select(columns: str, tables: str, where: _Filter, also: _Filter = EVERYTHING, end: str = "") -> list[Any]:
    """Rows of a query that is put together from constants only; whatever a person typed is a parameter."""
    sql = " ".join(("SELECT", columns, "FROM", tables, "WHERE", where.condition, "AND", also.condition, end))
    with connection.cursor() as cursor:
        cursor.execute(sql, (*where.parameters, *also.parameters))
        return list(cursor.fetchall())
