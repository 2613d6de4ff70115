"""Keeps the index: puts texts into it, takes them out, moves them from team to team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from firstline.core.text import without_nul
from firstline.search import fulltext
from firstline.search.dictionary import analyser
from firstline.search.models import Openness, SearchRow
from firstline.search.rules.analysis import ANALYSER_VERSION, Analysis, keys_of
from firstline.search.rules.language import plain_code
from firstline.search.rules.words import LONGEST_TEXT

LONGEST_TITLE = 250

EVERYBODY = 0  # the "team" of a text that belongs to no team and is open to all, such as a published article


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One text of one object for one audience.

    `part` tells the texts of an object apart (an entry of a journey); every part carries the title. `team_id` is a
    team; None, no team yet, is found by those who see all teams only; EVERYBODY opens the text to all, guests too.
    A confidential text is found by its own team only. `language` None: guessed. At most 64 kB of text are indexed.
    """

    kind: str
    object_id: int
    internal: bool
    title: str
    text: str
    team_id: int | None
    part: int = 0
    number: int | None = None
    confidential: bool = False
    language: str | None = None


_KIND, _OBJECT, _PART = attrgetter("kind"), attrgetter("object_id"), attrgetter("part")
_Place = tuple[str, int, int, int]


def _place(row: IndexRow) -> _Place:
    audience = Openness.INTERNAL if row.internal else Openness.PUBLIC
    return row.kind, row.object_id, int(audience), row.part


def put(row: IndexRow, *, now: datetime) -> None:
    """Index a text, or index it anew; see `put_many`."""
    put_many((row,), now=now)


def put_many(rows: Sequence[IndexRow], *, now: datetime) -> None:
    """Index texts inside the caller's transaction. A text of the same object, audience and part is replaced."""
    present = _present(rows)
    fresh: list[SearchRow] = []
    added: list[tuple[int, list[str]]] = []
    for place, row in {_place(row): row for row in rows}.items():
        made = _made(row, place, now)
        before = present.get(place)
        if before is None:
            fresh.append(made)
            continue
        made.pk = before.pk
        if bytes(before.tally) == made.tally:
            made.learnt = before.learnt
            made.save(force_update=True)
            continue
        fulltext.take_out([(before.pk, keys_of(before.tally))])
        made.save(force_update=True)
        added.append((made.pk, keys_of(made.tally)))
    SearchRow.objects.bulk_create(fresh, batch_size=200)
    fulltext.add([*added, *((made.pk, keys_of(made.tally)) for made in fresh)])


def add_many(rows: Sequence[IndexRow], *, now: datetime) -> None:
    """Index texts that cannot be there yet, such as new entries of a journey; see `put_many`."""
    fresh = [_made(row, _place(row), now) for row in rows]
    SearchRow.objects.bulk_create(fresh, batch_size=200)
    fulltext.add((made.pk, keys_of(made.tally)) for made in fresh)


def _present(rows: Sequence[IndexRow]) -> dict[_Place, SearchRow]:
    kinds, objects, parts = ({of(row) for row in rows} for of in (_KIND, _OBJECT, _PART))
    found = SearchRow.objects.filter(kind__in=kinds, object_id__in=objects, part__in=parts)
    narrow = found.only("kind", "object_id", "audience", "part", "tally", "learnt")
    return {(one.kind, one.object_id, one.audience, one.part): one for one in narrow}


def _made(row: IndexRow, place: _Place, now: datetime) -> SearchRow:
    text = without_nul(row.text[:LONGEST_TEXT])
    title = without_nul(row.title[:LONGEST_TITLE])
    language = plain_code(row.language) if row.language else analyser().language_of(title, text)
    found: Analysis = analyser().analyse(text, title=title, language=language)
    return SearchRow(
        kind=place[0], object_id=place[1], audience=place[2], part=place[3], number=row.number, team_id=row.team_id,
        confidential=row.confidential, language=language or "", analyser=ANALYSER_VERSION, tally=found.tally,
        title_length=found.title_length, body_length=found.body_length, changed_at=now, title=title, text=text,
    )  # fmt: skip


def remove(kind: str, object_id: int) -> None:
    """Take every text of an object out of the index."""
    found = SearchRow.objects.filter(kind=kind, object_id=object_id)
    fulltext.take_out([(pk, keys_of(tally)) for pk, tally in found.values_list("pk", "tally")])
    found.delete()


def remove_part(kind: str, object_id: int, part: int) -> None:
    """Take one part of an object, public and internal, out of the index."""
    found = SearchRow.objects.filter(kind=kind, object_id=object_id, part=part)
    fulltext.take_out([(pk, keys_of(tally)) for pk, tally in found.values_list("pk", "tally")])
    found.delete()


def retitle(kind: str, object_id: int, *, title: str, now: datetime) -> None:
    """Let every text of an object carry a new title."""
    found = SearchRow.objects.filter(kind=kind, object_id=object_id)
    put_many([
        IndexRow(kind=kind, object_id=object_id, internal=one.audience == Openness.INTERNAL, title=title,
                 text=one.text, team_id=one.team_id, part=one.part, number=one.number,
                 confidential=one.confidential, language=one.language or None)
        for one in found.order_by("pk")], now=now)


def move(kind: str, object_id: int, *, team_id: int | None, confidential: bool) -> None:
    """Let all texts of an object follow it to another team, without analysing them again."""
    SearchRow.objects.filter(kind=kind, object_id=object_id).update(team_id=team_id, confidential=confidential)
