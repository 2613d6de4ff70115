"""The names of all that a journey speaks of: agents, teams, priorities, categories and persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from firstline.tickets.queries.reading_rows import label, marks, rows, values
from firstline.tickets.queries.values import (
    AgentName,
    CategoryName,
    Directory,
    PersonName,
    PriorityName,
    TeamName,
)

DESK = """
SELECT 'agent', g.id, g.name, 0, CASE WHEN g.is_active THEN 1 ELSE 0 END, '{}' FROM agent g
UNION ALL
SELECT 'team', t.id, CAST(t.labels AS text), t.level, CASE WHEN t.active THEN 1 ELSE 0 END, CAST(c.labels AS text)
FROM team t JOIN centre c ON c.id = t.centre_id
UNION ALL
SELECT 'priority', p.id, CAST(p.labels AS text), p.rank, 1, '{}' FROM priority p
UNION ALL
SELECT 'category', k.id, CAST(k.labels AS text), COALESCE(k.parent_id, 0), CASE WHEN k.active THEN 1 ELSE 0 END, '{}'
FROM category k
"""
_PERSONS = """
SELECT p.id, COALESCE(NULLIF(c.name, ''), p.name),
       COALESCE((SELECT e.written FROM address e WHERE e.person_id = p.id ORDER BY e.id LIMIT 1), '')
FROM person p LEFT JOIN person c ON c.id = p.canonical_id
WHERE p.id IN ({})
"""


def persons(ids: Iterable[int]) -> dict[int, PersonName]:
    """The persons with these ids, named as the person that they were merged into."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row[0]: PersonName(*row) for row in rows(_PERSONS.format(marks(wanted)), wanted)}


def directory(*, language: str, people: Mapping[int, PersonName] | None = None) -> Directory:
    """Every agent, team, priority and category by id, labelled in `language`; one query."""
    return named(rows(DESK, ()), language=language, people=people)


def named(found: Sequence[tuple[Any, ...]], *, language: str, people: Mapping[int, PersonName] | None = None,
          ) -> Directory:
    """The directory from the rows of `DESK`."""
    desk = settings.LANGUAGE_CODE
    agents: dict[int, AgentName] = {}
    teams: dict[int, TeamName] = {}
    priorities: dict[int, PriorityName] = {}
    categories: dict[int, CategoryName] = {}
    for kind, number, name, figure, active, above in found:
        if kind == "agent":
            agents[number] = AgentName(number, name, bool(active))
            continue
        shown = label(values(name), language, desk)
        if kind == "team":
            teams[number] = TeamName(number, shown, label(values(above), language, desk), figure, bool(active))
        elif kind == "priority":
            priorities[number] = PriorityName(number, figure, shown)
        else:
            categories[number] = CategoryName(number, shown, figure or None, bool(active))
    return Directory(agents, teams, dict(sorted(priorities.items(), key=lambda item: item[1].rank)), categories,
                     people or {})
