"""The queue: the agent's lists as a picture of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from firstline.core.time import now as clock
from firstline.tickets.queries import Count, QueueFilter, QueueRow, queue_page
from firstline.tickets.queries.values import TABS, Tab
from firstline.tickets.rules.states import WAITING_STATES
from firstline.tickets.telling import STATUS, word
from firstline.web import drawing, times
from firstline.web.needs import asker
from firstline.web.pages import filtering

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
    wanted = filtering.read_filter(request.GET)
    after = request.GET.get("after", "")
    found = queue_page(wanted, principal=asker(request), after=after, language=get_language() or "en")
    now = clock()
    states = {key: word(STATUS, key) for key in STATUS}
    return render(request, "queue.html", {
        "rows": [view_of(row, now, states) for row in found.rows], "tabs": _tabs(found.counts, wanted),
        "wanted": wanted, "more": filtering.address(wanted, after=found.after) if found.after else "",
        "order": filtering.address(wanted, order="" if wanted.order == "oldest" else "oldest"),
        "count": told(found.counts.get(wanted.tab)), "choices": filtering.choices(wanted, found.directory),
        "chips": filtering.chips(wanted, found.directory), "unfiltered": filtering.address(
            QueueFilter(tab=wanted.tab, order=wanted.order))})


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


def told(count: Count | None) -> str:
    """A count for people: exact to 1,000, then 1,000+; '' where nobody counted."""
    if count is None:
        return ""
    return "1,000+" if count.more else str(count.number)


def _tabs(counts: Mapping[Tab, Count], wanted: QueueFilter) -> list[TabView]:
    labels: dict[Tab, str] = {
        "mine": _("Mine"), "answer": _("I answer for"), "unassigned": _("Unassigned"), "team": _("Team"),
        "open": _("All open"), "waiting": _("Waiting"), "solved": _("Solved")}
    return [TabView(filtering.address(wanted, tab=tab), labels[tab], told(counts.get(tab)), tab == wanted.tab)
            for tab in TABS]
