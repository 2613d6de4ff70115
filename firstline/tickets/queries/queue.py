"""The queue: one counts query and one rows query, however many tickets there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.tickets.queries.directory import DESK, named
from firstline.tickets.queries.reading_rows import column_value, holding, marks, moment, rows
from firstline.tickets.queries.sight import DONE_SQL, sight
from firstline.tickets.queries.values import TABS, Count, QueueFilter, QueuePage, QueueRow, Tab
from firstline.tickets.rules.states import OPEN_STATES, WAITING_STATES

COUNTED_TO = 1000
# The states stand as literals, word for word as in the partial indexes: with parameters no index would serve.
_OPEN = "t.status IN ({}) AND t.merged_into_id IS NULL".format(", ".join(f"'{s}'" for s in OPEN_STATES))
_DONE = f"{DONE_SQL} AND t.merged_into_id IS NULL"
_WAITING = "t.status IN ({})".format(", ".join(f"'{s}'" for s in WAITING_STATES))
_LARGEST = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_COLUMNS = """
SELECT t.number, t.subject, t.kind, t.status, COALESCE(p.rank, 0), t.entered_at, t.last_at, t.due_at, t.wait_until,
       t.solved_at, t.reopenings, t.confidential, t.team_id, t.assignee_id, COALESCE(w.name, ''),
       COALESCE(a.name, ''),
       COALESCE(NULLIF(c.name, ''), NULLIF(r.name, ''),
                (SELECT e.written FROM address e WHERE e.person_id = r.id ORDER BY e.id LIMIT 1), ''),
       t.order_key
FROM ticket t
LEFT JOIN priority p ON p.id = t.priority_id
LEFT JOIN agent w ON w.id = t.assignee_id
LEFT JOIN agent a ON a.id = t.accountable_id
LEFT JOIN person r ON r.id = t.requester_id
LEFT JOIN person c ON c.id = r.canonical_id
"""

_COUNT = """
SELECT 'count', 0, '{tab}', COUNT(*), 0, ''
FROM (SELECT 1 FROM ticket t WHERE {condition} AND {allowed} LIMIT {limit}) AS {tab}
"""


def _tab(tab: Tab, principal: Principal) -> tuple[str, list[Any]]:
    """The condition of one tab."""
    if tab == "mine":
        return f"{_OPEN} AND t.assignee_id = %s", [principal.id or 0]
    if tab == "answer":
        return f"{_OPEN} AND t.accountable_id = %s", [principal.id or 0]
    if tab == "unassigned":
        return f"{_OPEN} AND t.assignee_id IS NULL", []
    if tab == "team":
        teams = sorted(principal.teams) or [0]
        return f"{_OPEN} AND t.team_id IN ({marks(teams)})", teams
    if tab == "waiting":
        return f"{_OPEN} AND {_WAITING}", []
    return (_DONE, []) if tab == "solved" else (_OPEN, [])


def _narrowed(wanted: QueueFilter) -> tuple[str, list[Any]]:
    sql, parameters = "", []
    for column, value in (("team_id", wanted.team), ("priority_id", wanted.priority),
                          ("category_id", wanted.category), ("kind", wanted.kind),
                          ("assignee_id", wanted.assignee), ("status", wanted.status)):
        if value:
            sql += f" AND t.{column} = %s"
            parameters.append(value)
    if wanted.tag:
        condition, parameter = holding("t.tags", wanted.tag)
        sql += f" AND {condition}"
        parameters.append(parameter)
    return sql, parameters


def _counts(principal: Principal, allowed: tuple[str, list[Any]], wanted: QueueFilter,
            ) -> tuple[Mapping[Tab, Count], list[tuple[Any, ...]]]:
    """The counts of the tabs, and the names of the desk's things with them: one query for both."""
    narrowed, narrowed_values = _narrowed(wanted)
    parts, parameters = [], []
    for tab in TABS:
        if tab == "solved" and narrowed:
            continue
        condition, values = _tab(tab, principal)
        parts.append(_COUNT.format(tab=tab, condition=condition + narrowed, allowed=allowed[0],
                                   limit=COUNTED_TO + 1))
        parameters += values + narrowed_values + allowed[1]
    found = rows(" UNION ALL ".join([*parts, DESK]), parameters)
    counted = {row[2]: row[3] for row in found if row[0] == "count"}
    return ({tab: Count(min(counted[tab], COUNTED_TO), more=counted[tab] > COUNTED_TO)
             for tab in TABS if tab in counted}, [row for row in found if row[0] != "count"])


def _order(wanted: QueueFilter) -> tuple[str, str]:
    """The columns that the list is sorted and paged by, and the direction."""
    if wanted.tab == "solved":
        return "t.solved_at, t.number", "DESC"
    return ("t.entered_at, t.number" if wanted.order == "oldest" else "t.order_key, t.number"), "ASC"


def _key(row: tuple[Any, ...], wanted: QueueFilter) -> str:
    """Where the next page begins: the sort key of the last row as text."""
    if wanted.tab == "solved" or wanted.order == "oldest":
        at = moment(row[9] if wanted.tab == "solved" else row[5])
        first = (at - _EPOCH) // timedelta(microseconds=1) if at else 0
    else:
        first = row[17]
    return f"{first}.{row[0]}"


def _beyond(wanted: QueueFilter, after: str) -> tuple[str, list[Any]]:
    """The condition for rows beyond the key `after`. Raises DeskError when it is no key."""
    if not after:
        return "", []
    try:
        first, number = (int(part) for part in after[:60].split("."))
        if max(abs(first), abs(number)) > _LARGEST:
            raise ValueError(after)
        timed = wanted.tab == "solved" or wanted.order == "oldest"
        value = column_value(_EPOCH + timedelta(microseconds=first)) if timed else first
    except (ValueError, OverflowError):
        raise DeskError("This page does not exist.", status=400) from None
    columns, direction = _order(wanted)
    return f" AND ({columns}) {'<' if direction == 'DESC' else '>'} (%s, %s)", [value, number]


def _row(row: tuple[Any, ...]) -> QueueRow:
    (number, subject, kind, status, rank, entered, last, due, wait, solved, reopenings, confidential, team, assignee,
     assignee_name, accountable_name, requester_name, _) = row
    return QueueRow(number, subject, kind, status, rank, moment(entered), moment(last), moment(due), moment(wait),
                    moment(solved), reopenings, bool(confidential), team, assignee, assignee_name, accountable_name,
                    requester_name)


def queue_page(wanted: QueueFilter, *, principal: Principal, after: str = "", limit: int = 50,
               language: str = "") -> QueuePage:
    """One page of the queue, `limit` rows after the key `after`, with the counts of every tab.

    Counts are exact to 1,000. Paging is by key: the cost does not grow with the page or the desk.
    """
    allowed = sight(principal).sql()
    condition, values = _tab(wanted.tab, principal)
    narrowed, narrowed_values = _narrowed(wanted)
    beyond, beyond_values = _beyond(wanted, after)
    columns, direction = _order(wanted)
    ordered = ", ".join(f"{column} {direction}" for column in columns.split(", "))
    found = rows(f"{_COLUMNS} WHERE {condition}{narrowed}{beyond} AND {allowed[0]} ORDER BY {ordered} "
                 f"LIMIT {limit + 1}", values + narrowed_values + beyond_values + allowed[1])
    shown = found[:limit]
    counts, desk = _counts(principal, allowed, wanted)
    return QueuePage(tuple(_row(row) for row in shown), counts,
                     _key(shown[-1], wanted) if len(found) > limit else "",
                     named(desk, language=language or principal.language))
