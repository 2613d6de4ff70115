"""A new ticket, written down by an agent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from firstline.accounts.principal import Principal
from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.core.time import now
from firstline.flows import opening, people_changing
from firstline.people.queries import find_by_address, search_people
from firstline.tickets.queries import directory
from firstline.tickets.telling import KIND, word
from firstline.web import kept, reading, whose
from firstline.web.needs import asker

_CHANNELS = ("phone", "walk-in", "mail")
_FIELDS = ("subject", "text", "name", "email", "telephone", "person", "affected", "channel", "kind", "team",
           "priority", "category")


def new(request: HttpRequest) -> HttpResponse:
    """The form, and the ticket."""
    if request.method != "POST":
        return _form(request)
    try:
        number = _open(request)
    except DeskError as refusal:
        if refusal.status == 401:
            raise
        return _form(request, kept.refused(request, "new", refusal))
    return HttpResponseRedirect(f"/tickets/{number}", status=303)


def _form(request: HttpRequest, refused: kept.Kept | None = None) -> HttpResponse:
    principal = asker(request)
    asked = request.POST if request.method == "POST" else request.GET
    who = asked.get("who", "").strip()[:200]
    people = search_people(who, principal=principal, limit=8) if who and principal.may("people.see") else []
    return render(request, "new.html", {
        "who": who, "people": people, "kept": {name: asked.get(name, "") for name in _FIELDS},
        "chosen": "person" in request.POST, "sentence": refused.sentence if refused else "",
        "meant": refused.people.get("affected", ()) if refused else (),
        "names": directory(language=translation.get_language() or "en"),
        "kinds": [(key, word(KIND, key)) for key in KIND]}, status=refused.status if refused else 200)


def _open(request: HttpRequest) -> int:
    principal = asker(request)
    subject = line(reading.text(request, "subject"))
    text = reading.text(request, "text").strip()
    if not subject:
        raise DeskError("Say in one line what it is about.")
    affected = whose.person(request, "affected", by=principal)
    return opening.open_ticket(
        by=principal, now=now(), subject=subject, text=text or subject, requester=_requester(request, principal),
        channel=reading.choice(request, "channel", _CHANNELS) or "phone",
        kind=reading.choice(request, "kind", KIND) or "fault", team=reading.number(request, "team"),
        priority=reading.number(request, "priority"), category=reading.number(request, "category"),
        affected=affected, files=reading.files(request))


def _requester(request: HttpRequest, principal: Principal) -> int | None:
    """The person chosen, or a new one from what was typed, or an unknown caller."""
    chosen = reading.number(request, "person")
    name, email = line(reading.text(request, "name"), limit=200), line(reading.text(request, "email"))
    telephone = line(reading.text(request, "telephone"), limit=60)
    written = bool(name or email or telephone)
    if chosen and written:
        raise DeskError("Either choose a person from the list or write down a new one, not both.")
    if not written:
        return chosen
    known = find_by_address(email) if email else None
    return known or people_changing.create_person(by=principal, now=now(), name=name, email=email,
                                                  telephone=telephone)
