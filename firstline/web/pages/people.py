"""People: who has asked, how they are reached, and who turned out to be the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.core.time import now
from firstline.flows import people_changing, people_merging
from firstline.people import queries
from firstline.tickets.queries import tickets_of
from firstline.tickets.telling import STATUS, word
from firstline.web import reading, whose
from firstline.web.kept import Kept, refused
from firstline.web.needs import asker


def index(request: HttpRequest) -> HttpResponse:
    """Everybody, by sort name, or those who match."""
    text = request.GET.get("q", "").strip()[:200]
    after = request.GET.get("after", "")
    found = queries.people_page(principal=asker(request), text=text, limit=50,
                                after=reading.numbers([after])[0] if after else None)
    more = f"/people?{urlencode({'q': text, 'after': found.after})}" if found.after else ""
    return render(request, "people.html", {"people": found.people, "query": text, "more": more})


def show(request: HttpRequest, number: int) -> HttpResponse:
    """One person, with the last tickets as far as the reader may see them."""
    return _page(request, number, kept=Kept())


def _page(request: HttpRequest, number: int, *, kept: Kept) -> HttpResponse:
    principal = asker(request)
    card = queries.person(number, principal=principal)
    if card.canonical != card.id and not kept.sentence:
        return HttpResponseRedirect(f"/people/{card.canonical}")
    family = sorted(queries.family(card.id))
    tickets = tickets_of(family, principal=principal) if principal.may("ticket.see") else ()
    return render(request, "person.html", {
        "person": card, "tickets": [(found, word(STATUS, found.status)) for found in tickets], "kept": kept,
        "may": {"change": principal.may("people.change"), "merge": principal.may("people.merge")},
        "others": queries.cards(card.merged), "tongues": _tongues(card.language)}, status=kept.status)


def _tongues(now_spoken: str) -> list[str]:
    """The languages to choose from: the desk's own, and the one that the person has already."""
    known = [code for code, _name in settings.LANGUAGES]
    return known if now_spoken in ("", *known) else [*known, now_spoken]


def _told(story: Callable[[HttpRequest, int], int | None]) -> Callable[..., HttpResponse]:
    """Lead back to the person; a refusal stands on his page, with what was written."""
    @wraps(story)
    def view(request: HttpRequest, number: int) -> HttpResponse:
        try:
            found = story(request, number)
        except DeskError as refusal:
            if refusal.status == 401:
                raise
            return _page(request, number, kept=refused(request, story.__name__, refusal))
        return HttpResponseRedirect(f"/people/{found or number}", status=303)
    return view


@_told
def edit(request: HttpRequest, number: int) -> None:
    """Change the name, the language and the number."""
    people_changing.edit_person(
        number, by=asker(request), now=now(), name=line(reading.text(request, "name"), limit=200),
        language=reading.text(request, "language"), employee_number=line(reading.text(request, "employee"), limit=60))


@_told
def add_address(request: HttpRequest, number: int) -> None:
    """Give him another address."""
    people_changing.add_address(number, by=asker(request), now=now(), email=line(reading.text(request, "email")))


@_told
def remove_address(request: HttpRequest, number: int) -> None:
    """Take an address away."""
    people_changing.remove_address(number, by=asker(request), now=now(), email=line(reading.text(request, "email")))


@_told
def add_telephone(request: HttpRequest, number: int) -> None:
    """Give him a telephone number."""
    people_changing.add_telephone(number, by=asker(request), now=now(), written=line(reading.text(request, "number")))


@_told
def merge(request: HttpRequest, number: int) -> int:
    """Let this person count as another, who is typed by name, address or #number."""
    into = whose.person(request, "into", by=asker(request))
    if into is None:
        raise DeskError("Something was not chosen.")
    people_merging.merge(number, into=into, by=asker(request), now=now())
    return into


@_told
def part(request: HttpRequest, number: int) -> None:
    """Undo a merge."""
    people_merging.part(reading.number(request, "person") or number, by=asker(request), now=now())
