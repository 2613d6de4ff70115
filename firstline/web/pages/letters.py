"""The letters page: does mail flow, what waits for a person, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.core.time import now
from firstline.flows import judging
from firstline.intake import letters_page as queries
from firstline.tickets.telling import reason
from firstline.web import downloads, reading
from firstline.web.needs import asker

OUTCOME = {"opened": gettext_noop("opened a ticket"), "joined": gettext_noop("joined a ticket"),
           "duplicate": gettext_noop("the same again"), "automatic": gettext_noop("automatic, noted"),
           "bounce": gettext_noop("did not arrive, noted"), "dropped": gettext_noop("put aside"),
           "received": gettext_noop("waits for the worker"), "working": gettext_noop("being read"),
           "failed": gettext_noop("could not be read"), "quarantined": gettext_noop("held back")}


def index(request: HttpRequest) -> HttpResponse:
    """Everything about mail coming in."""
    return _page(request)


def _page(request: HttpRequest, *, sentence: str = "", status: int = 200) -> HttpResponse:
    principal = asker(request)
    after = request.GET.get("after", "")
    found = queries.letters_page(principal=principal, after=reading.numbers([after])[0] if after else None)
    return render(request, "letters.html", {
        "waiting": [(card, _why(card)) for card in found.waiting],
        "recent": [(card, outcome(card), reason(card.reason), _odd(card)) for card in found.recent],
        "mailboxes": found.mailboxes,
        "more": f"/mail?after={found.after}" if found.after else "", "sentence": sentence,
        "may": {"judge": principal.may("letters.judge"), "raw": principal.may("letters.raw")}}, status=status)


def outcome(card: queries.LetterCard) -> str:
    """What became of a letter, told."""
    key = card.outcome or card.state
    return _(OUTCOME[key]) if key in OUTCOME else key


def _odd(card: queries.LetterCard) -> str:
    """What was odd about a letter that was taken all the same, told; '' for most."""
    said = []
    if "message-id:used-before" in card.notes:
        said.append(_("Another letter had the same Message-ID and other words"))
    if any(note.startswith("cap:") for note in card.notes):
        said.append(_("Only a part was read; the whole file is kept"))
    return "; ".join(said)


def _why(card: queries.LetterCard) -> str:
    """Why a letter waits for a person: its reason is a sentence that the intake wrote."""
    return reason(card.reason) if card.reason else outcome(card)


def raw(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as it came in, as a file."""
    content = queries.raw(number, principal=asker(request))
    return downloads.file(name=f"letter-{number}.eml", content=content)


def _told(story: Callable[[HttpRequest, int], None]) -> Callable[..., HttpResponse]:
    @wraps(story)
    def view(request: HttpRequest, number: int) -> HttpResponse:
        queries.letter(number, principal=asker(request))
        try:
            story(request, number)
        except DeskError as refusal:
            if refusal.status in (401, 403, 404):
                raise
            return _page(request, sentence=refusal.told(), status=refusal.status)
        return HttpResponseRedirect("/mail", status=303)
    return view


@_told
def let_in(request: HttpRequest, number: int) -> None:
    """Let it into the ticket that it claims."""
    judging.let_in(number, by=asker(request), now=now())


@_told
def open_apart(request: HttpRequest, number: int) -> None:
    """Let it open a ticket of its own."""
    judging.open_apart(number, by=asker(request), now=now())


@_told
def retry(request: HttpRequest, number: int) -> None:
    """Try a failed one again."""
    judging.retry(number, by=asker(request), now=now())


@_told
def drop(request: HttpRequest, number: int) -> None:
    """Put it aside for good."""
    judging.drop(number, by=asker(request), now=now(), reason=line(reading.text(request, "reason")))
