"""The filter of the queue: read from the address, shown as a form and as chips that take themselves away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.tickets.queries import Directory, QueueFilter
from firstline.tickets.queries.values import TABS, Tab
from firstline.tickets.rules.states import Status, TicketKind
from firstline.tickets.telling import KIND, STATUS, word

FIELDS = ("team", "assignee", "priority", "status", "kind", "category", "tag")
_ORDERS = ("due", "oldest")


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the form; without `options` something is typed into it."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the filter in words; `without` is the address of the list without it."""

    label: str
    value: str
    without: str


def read_filter(asked: QueryDict) -> QueueFilter:
    """The filter in the address. Raises DeskError for values that no list has."""
    tab, order = asked.get("tab", "team"), asked.get("order", "due")
    kind, status = asked.get("kind", ""), asked.get("status", "")
    if (tab not in TABS or order not in _ORDERS or (kind and kind not in set(TicketKind))
            or (status and status not in set(Status))):
        raise DeskError("There is no such list.")
    known: Tab = next(known for known in TABS if known == tab)
    return QueueFilter(
        tab=known, order="oldest" if order == "oldest" else "due", team=_number(asked, "team"),
        priority=_number(asked, "priority"), category=_number(asked, "category"), kind=kind, status=status,
        assignee=_number(asked, "assignee"), tag=line(asked.get("tag", ""), limit=40).lower())


def _number(asked: QueryDict, name: str) -> int | None:
    value = asked.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise DeskError("There is no such list.")
    return int(value)


def address(wanted: QueueFilter, **changed: str) -> str:
    """The address of this list with some of its parts changed; '' takes a part away."""
    kept = {"tab": wanted.tab, "order": "" if wanted.order == "due" else wanted.order, **_values(wanted), **changed}
    return "/?" + urlencode({name: value for name, value in kept.items() if value})


def _values(wanted: QueueFilter) -> dict[str, str]:
    return {name: str(getattr(wanted, name) or "") for name in FIELDS}


def choices(wanted: QueueFilter, names: Directory) -> list[Choice]:
    """The fields of the form, in the order of `FIELDS`."""
    labels, values = _labels(), _values(wanted)
    options: dict[str, Iterable[tuple[str, str]]] = {
        "team": [(str(team.id), team.label) for team in names.teams.values() if team.active],
        "assignee": [(str(agent.id), agent.name) for agent in names.agents.values() if agent.active],
        "priority": [(str(one.id), f"{one.rank} {one.label}") for one in names.priorities.values()],
        "status": _told(STATUS), "kind": _told(KIND),
        "category": [(str(one.id), one.label) for one in names.categories.values() if one.active], "tag": ()}
    return [Choice(name, labels[name], values[name], tuple(options[name])) for name in FIELDS]


def chips(wanted: QueueFilter, names: Directory) -> list[Chip]:
    """What the list is narrowed by."""
    labels = _labels()
    priority = names.priorities.get(wanted.priority or 0)
    category = names.categories.get(wanted.category or 0)
    told = {"team": names.team(wanted.team), "assignee": names.agent(wanted.assignee),
            "priority": f"{priority.rank} {priority.label}" if priority else "?",
            "status": word(STATUS, wanted.status), "kind": word(KIND, wanted.kind),
            "category": category.label if category else "?", "tag": wanted.tag}
    return [Chip(labels[name], told[name], address(wanted, **{name: ""}))
            for name, value in _values(wanted).items() if value]


def _labels() -> dict[str, str]:
    return {"team": _("Team"), "assignee": _("Works on it"), "priority": _("Priority"), "status": _("State"),
            "kind": _("Kind"), "category": _("Category"), "tag": _("Tag")}


def _told(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, word(dict(words), key)) for key in words]
