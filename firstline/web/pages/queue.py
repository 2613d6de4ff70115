"""The queue: the agent's lists as a picture of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from firstline.core.errors import DeskError
from firstline.core.time import now as clock
from firstline.tickets.queries import Count, QueueFilter, QueueRow, queue_page
from firstline.tickets.queries.values import TABS, Tab
from firstline.tickets.rules.states import WAITING_STATES, TicketKind
from firstline.tickets.telling import STATUS, word
from firstline.web import drawing, times
from firstline.web.needs import asker

_STATES = {"new": "ring", "open": "work", "waiting-customer": "pause", "waiting-third": "pause",
           "waiting-date": "pause", "solved": "check", "closed": "check"}


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as drawn."""

    row: QueueRow
    state: str
    icon: str
    line: Markup
    due: str
    stands: str


@dataclass(frozen=True, slots=True)
class TabView:
    """One tab with its count told."""

    href: str
    label: str
    count: str
    current: bool


def show(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for."""
    principal = asker(request)
    wanted = read_filter(request.GET)
    found = queue_page(wanted, principal=principal, after=request.GET.get("after", ""))
    now = clock()
    states = {key: word(STATUS, key) for key in STATUS}
    rows = [view_of(row, now, states) for row in found.rows]
    following = request.GET.copy()
    following["after"] = found.after
    return render(request, "queue.html", {
        "rows": rows, "tabs": _tabs(found.counts, wanted), "wanted": wanted,
        "more": f"/?{following.urlencode()}" if found.after else "",
        "order": _order_links(request.GET, wanted), "count": told(found.counts[wanted.tab])})


def read_filter(asked: QueryDict) -> QueueFilter:
    """The filter in the address. Raises DeskError for values that no list has."""
    tab = asked.get("tab", "team")
    order = asked.get("order", "due")
    kind = asked.get("kind", "")
    if tab not in TABS or order not in ("due", "oldest") or (kind and kind not in set(TicketKind)):
        raise DeskError("There is no such list.")
    known: Tab = next(known for known in TABS if known == tab)
    return QueueFilter(tab=known, order="oldest" if order == "oldest" else "due", team=_number(asked, "team"),
                       priority=_number(asked, "priority"), category=_number(asked, "category"), kind=kind)


def _number(asked: QueryDict, name: str) -> int | None:
    value = asked.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise DeskError("There is no such list.")
    return int(value)


def view_of(row: QueueRow, now: datetime, states: dict[str, str]) -> RowView:
    """A row with its words and its drawing."""
    waiting = row.status in WAITING_STATES
    due, stands = "", ""
    if row.solved_at:
        due = times.day(row.solved_at)
    elif row.due_at:
        due, stands = times.until(row.due_at, now)
    icon = "back" if row.reopenings and row.status == "open" else _STATES.get(row.status, "ring")
    line = drawing.now_line(entered_at=row.entered_at, due_at=None if row.solved_at else row.due_at, waiting=waiting,
                            now=now, stands=stands)
    return RowView(row, states.get(row.status, row.status), icon, line, due, stands)


def told(count: Count) -> str:
    """A count for people: exact to 1,000, then 1,000+."""
    return "1,000+" if count.more else str(count.number)


def _tabs(counts: Mapping[Tab, Count], wanted: QueueFilter) -> list[TabView]:
    labels: dict[Tab, str] = {
        "mine": _("Mine"), "answer": _("I answer for"), "unassigned": _("Unassigned"), "team": _("Team"),
        "open": _("All open"), "waiting": _("Waiting"), "solved": _("Solved")}
    return [TabView(f"/?tab={tab}", labels[tab], told(counts[tab]), tab == wanted.tab) for tab in TABS]


def _order_links(asked: QueryDict, wanted: QueueFilter) -> str:
    """The address of the same list in the other order."""
    kept = {key: value for key, value in asked.items() if key not in ("order", "after")}
    return "/?" + urlencode({**kept, "order": "due" if wanted.order == "oldest" else "oldest"})
