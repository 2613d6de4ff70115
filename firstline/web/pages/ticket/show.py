"""Showing a ticket: facts, history, pads and the forms of what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.accounts.principal import Principal
from firstline.core.time import now as clock
from firstline.tickets import queries
from firstline.tickets.queries import Story
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.states import DONE_STATES, WAITING_STATES
from firstline.tickets.telling import KIND, LINK, MEASURE, STATUS, link, word
from firstline.web import times
from firstline.web.kept import Kept
from firstline.web.needs import asker
from firstline.web.pages.ticket.story import items

NEWEST = 200
"""How many lines of a history a page shows before somebody asks for the whole."""
_DEEDS = ("reply", "note", "change", "assign", "hand_over", "split", "merge")


@dataclass(frozen=True, slots=True)
class ClockView:
    """A promise told."""

    label: str
    told: str
    stands: str


def show(request: HttpRequest, number: int) -> HttpResponse:
    """The ticket's page."""
    return page(request, number, kept=Kept())


def page(request: HttpRequest, number: int, *, kept: Kept) -> HttpResponse:
    """The page, with what a person wrote kept in its pad where it could not be taken."""
    principal = replace(asker(request), language=translation.get_language() or "en")
    story = queries.story(number, principal=principal)
    now = clock()
    newest = len(story.lines) or 1 if "whole" in request.GET else NEWEST
    return render(request, "ticket.html", {
        "story": story, "items": items(story, now=now, newest=newest),
        "earlier": max(0, len(story.lines) - newest), "kept": kept, "names": story.directory,
        "status": word(STATUS, story.status), "kind": word(KIND, story.kind), "may": _may(principal, story),
        "clocks": [_clock(found, story, now) for found in story.clocks], "to": _to(story), "undo": _undo(
            story, principal, now), "age": times.span(now - story.entered_at), "me": principal.id,
        "done": story.status in DONE_STATES, "waiting": story.status in WAITING_STATES, "words": _words(),
        "teams": [team for team in story.directory.teams.values() if team.active and team.id != story.team],
        "agents": [agent for agent in story.directory.agents.values() if agent.active],
        "split_from": next((line.event.number for line in story.lines
                            if line.origin == "own" and isinstance(line.event, e.SplitFrom)), None),
        "links": [(link(other.link), other, word(STATUS, other.status)) for other in story.links],
        "recent": [(other, word(STATUS, other.status)) for other in story.recent],
    }, status=kept.status)


def _words() -> Mapping[str, list[tuple[str, str]]]:
    """The choices of the forms, told."""
    return {"kinds": [(key, word(KIND, key)) for key in KIND], "links": [(key, word(LINK, key)) for key in LINK]}


def _may(principal: Principal, story: Story) -> Mapping[str, bool]:
    """Which deeds the page offers; the flows decide, this only keeps dead buttons away."""
    own = principal.id is not None and principal.id in (story.assignee, story.accountable)
    near = own or story.team in (principal.teams | principal.reach)

    def allowed(permission: str) -> bool:
        scope = principal.scope(permission)
        return scope is not None and (scope.name == "ALL" or near)

    found = {deed: allowed(f"ticket.{deed}") and story.merged_into is None for deed in _DEEDS}
    return {**found, "unmerge": allowed("ticket.merge"), "open": principal.may("ticket.open"),
            "letters": principal.may("letters.see"), "people": principal.may("people.see"),
            "any": any(found.values())}


def _clock(found: Any, story: Story, now: datetime) -> ClockView:
    label = word(MEASURE, found.measure)
    if found.met_at:
        kept = found.met_at <= found.due_at
        return ClockView(label, _("kept") if kept else _("%(span)s late") % {
            "span": times.span(found.met_at - found.due_at)}, "kept" if kept else "late")
    if found.stopped_at or story.status in DONE_STATES:
        return ClockView(label, "–", "")
    told, stands = times.until(found.due_at, now)
    return ClockView(label, told if stands == "late" else f"{told} · {times.moment(found.due_at)}", stands)


def _to(story: Story) -> Mapping[str, str]:
    """To whom an answer goes: the address from which the requester wrote last, else his first."""
    person = story.directory.persons.get(story.requester or 0)
    if person is None:
        return {"name": "", "email": ""}
    wrote = [line.event.sender for line in story.lines
             if isinstance(line.event, e.Message) and line.event.person == story.requester and line.event.sender]
    return {"name": person.shown, "email": wrote[-1] if wrote else person.email}


def _undo(story: Story, principal: Principal, now: datetime) -> Mapping[str, Any] | None:
    """The agent's own answer that has not left yet."""
    for line in reversed(story.lines):
        if (isinstance(line.event, e.Reply) and line.origin == "own" and not line.withdrawn and line.event.to
                and line.actor == e.Actor("agent", principal.id) and line.public_from and line.public_from > now):
            return {"seq": line.seq, "seconds": int((line.public_from - now).total_seconds()) + 1,
                    "to": ", ".join(line.event.to)}
    return None
