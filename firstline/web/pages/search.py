"""Searching: tickets and people that answer a question."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from firstline.people.queries import PersonCard, search_people
from firstline.tickets.searching import TicketHit, search_tickets
from firstline.web.needs import asker

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Results:
    """What was found."""

    tickets: tuple[TicketHit, ...]
    also: tuple[str, ...]
    people: tuple[PersonCard, ...]


def show(request: HttpRequest) -> HttpResponse:
    """The results; a ticket's number leads straight to it."""
    principal = asker(request)
    query = request.GET.get("q", "").strip()[:LONGEST]
    number = query.lstrip("#")
    if number.isascii() and number.isdigit() and len(number) < 10 and query.startswith("#"):
        return HttpResponseRedirect(f"/tickets/{int(number)}")
    found = Results((), (), ())
    if query:
        tickets, also = search_tickets(query, principal=principal)
        people = search_people(query, principal=principal, limit=5) if principal.may("people.see") else []
        found = Results(tickets, also, tuple(people))
    return render(request, "search.html", {"query": query, "found": found})
