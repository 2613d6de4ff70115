"""What can be done to a ticket: each deed reads its form, tells one story and leads back to the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from firstline.core.errors import DeskError
from firstline.core.text import line
from firstline.core.time import now
from firstline.flows import (
    assigning,
    editing,
    forwarding,
    handing_over,
    linking,
    merging,
    participating,
    people_changing,
    replying,
    resolving,
    splitting,
    waiting,
)
from firstline.people.queries import find_by_address
from firstline.tickets.rules.states import WAITING_STATES, LinkKind, Status, TicketKind
from firstline.web import kept, reading, whose
from firstline.web.needs import asker
from firstline.web.pages.ticket.show import page

Deed = Callable[[HttpRequest, int], HttpResponse | int | None]
_THEN = (Status.OPEN.value, Status.WAITING_CUSTOMER.value, Status.SOLVED.value)


def _told(story: Deed) -> Callable[..., HttpResponse]:
    """Lead back to the ticket; where the story refuses, show its page again with what was written."""
    @wraps(story)
    def view(request: HttpRequest, number: int) -> HttpResponse:
        try:
            found = story(request, number)
        except DeskError as refusal:
            if refusal.status == 401:
                raise
            return page(request, number, kept=kept.refused(request, story.__name__, refusal))
        if isinstance(found, HttpResponse):
            return found
        return HttpResponseRedirect(f"/tickets/{found or number}", status=303)
    return view


@_told
def reply(request: HttpRequest, number: int) -> None:
    """Answer the requester, and perhaps go on to another state."""
    then = reading.choice(request, "then", _THEN)
    copies = [part for part in reading.text(request, "cc").replace(";", ",").split(",") if part.strip()]
    replying.reply(number, by=asker(request), now=now(), text=reading.text(request, "text"), cc=copies[:50],
                   then=Status(then) if then else None, seen_seq=reading.number(request, "seen"),
                   files=reading.files(request))


@_told
def note(request: HttpRequest, number: int) -> None:
    """Leave a note that only colleagues read."""
    replying.note(number, by=asker(request), now=now(), text=reading.text(request, "note"),
                  files=reading.files(request))


@_told
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an answer back; its words return to the pad."""
    text = replying.withdraw(number, reading.required(request, "seq"), by=asker(request), now=now())
    return page(request, number, kept=kept.Kept("reply", form={"text": text}))


@_told
def forward(request: HttpRequest, number: int) -> None:
    """Send chosen messages on to somebody else."""
    receivers = [part for part in reading.text(request, "to").replace(";", ",").split(",") if part.strip()]
    forwarding.forward(number, by=asker(request), now=now(), to=receivers[:20], text=reading.text(request, "words"),
                       seqs=reading.numbers(request.POST.getlist("seq")))


@_told
def claim(request: HttpRequest, number: int) -> None:
    """Take the ticket."""
    assigning.claim(number, by=asker(request), now=now())


@_told
def assign(request: HttpRequest, number: int) -> None:
    """Give the ticket to an agent, or to nobody."""
    assigning.assign(number, by=asker(request), now=now(), agent=reading.number(request, "agent"))


@_told
def answer_for(request: HttpRequest, number: int) -> None:
    """Say who answers for it."""
    assigning.answer_for(number, by=asker(request), now=now(), agent=reading.required(request, "agent"))


@_told
def hand_over(request: HttpRequest, number: int) -> None:
    """Hand the ticket to another team."""
    handing_over.hand_over(number, by=asker(request), now=now(), team=reading.required(request, "team"),
                           reason=reading.text(request, "reason"))


@_told
def wait(request: HttpRequest, number: int) -> None:
    """Let it wait."""
    status = Status(reading.choice(request, "status", WAITING_STATES) or Status.WAITING_CUSTOMER)
    until = reading.moment(request, "until") if status is Status.WAITING_DATE else None
    waiting.wait(number, by=asker(request), now=now(), status=status, until=until,
                 reason=line(reading.text(request, "reason")))


@_told
def resume(request: HttpRequest, number: int) -> None:
    """Go on with it."""
    waiting.resume(number, by=asker(request), now=now())


@_told
def solve(request: HttpRequest, number: int) -> None:
    """It is solved; what the customer was told stands with it."""
    resolving.solve(number, by=asker(request), now=now(), answer=reading.text(request, "answer"))


@_told
def reopen(request: HttpRequest, number: int) -> None:
    """It is not solved after all."""
    resolving.reopen(number, by=asker(request), now=now(), reason=line(reading.text(request, "reason")))


@_told
def close(request: HttpRequest, number: int) -> None:
    """Close a solved ticket."""
    resolving.close(number, by=asker(request), now=now())


@_told
def edit(request: HttpRequest, number: int) -> None:
    """Change the facts that were sent; fields that are not in the form stay."""
    changes: dict[str, Any] = {}
    if "subject" in request.POST:
        changes["subject"] = reading.text(request, "subject")
    if kind := reading.choice(request, "kind", [kind.value for kind in TicketKind]):
        changes["kind"] = kind
    for name in ("priority", "category"):
        if found := reading.number(request, name):
            changes[name] = found
    for name in ("requester", "affected"):
        if name in request.POST and (who := whose.person(request, name, by=asker(request))):
            changes[name] = who
    if "confidential_shown" in request.POST:
        changes["confidential"] = "confidential" in request.POST
    if "tags" in request.POST:
        wanted = {line(tag, limit=40) for tag in reading.text(request, "tags").split(",") if tag.strip()}
        had = {line(tag, limit=40) for tag in reading.text(request, "tags_before").split(",") if tag.strip()}
        changes |= {"add_tags": sorted(wanted - had), "drop_tags": sorted(had - wanted)}
    editing.edit(number, by=asker(request), now=now(), **changes)


@_told
def split(request: HttpRequest, number: int) -> int:
    """Begin a new ticket with some of the messages."""
    return splitting.split(number, by=asker(request), now=now(), subject=reading.text(request, "subject"),
                           seqs=reading.numbers(request.POST.getlist("seq")))


@_told
def unsplit(request: HttpRequest, number: int) -> None:
    """Take a split back."""
    splitting.unsplit(number, by=asker(request), now=now())


@_told
def merge(request: HttpRequest, number: int) -> int:
    """Let this ticket become part of another."""
    into = reading.required(request, "into")
    merging.merge(number, by=asker(request), now=now(), into=into)
    return into


@_told
def unmerge(request: HttpRequest, number: int) -> None:
    """Take a merge back."""
    merging.unmerge(number, by=asker(request), now=now())


@_told
def link(request: HttpRequest, number: int) -> None:
    """Link two tickets."""
    kind = reading.choice(request, "kind", [kind.value for kind in LinkKind])
    linking.link(number, by=asker(request), now=now(), other=reading.required(request, "other"),
                 kind=LinkKind(kind) if kind else LinkKind.RELATED)


@_told
def unlink(request: HttpRequest, number: int) -> None:
    """Take a link back."""
    linking.unlink(number, by=asker(request), now=now(), other=reading.required(request, "other"))


@_told
def accept(request: HttpRequest, number: int) -> None:
    """Let a proposed person take part."""
    participating.accept(number, by=asker(request), now=now(), person=reading.required(request, "person"))


@_told
def refuse(request: HttpRequest, number: int) -> None:
    """Refuse a person, or let him leave."""
    participating.refuse(number, by=asker(request), now=now(), person=reading.required(request, "person"))


@_told
def propose(request: HttpRequest, number: int) -> None:
    """Propose a person, known by number or by an e-mail address."""
    email = line(reading.text(request, "email"), limit=254)
    person = reading.number(request, "person") or (find_by_address(email) if email else None)
    if person is None and email:
        person = people_changing.create_person(by=asker(request), now=now(), name="", email=email)
    if person is None:
        raise DeskError("Something was not chosen.")
    participating.propose(number, by=asker(request), now=now(), person=person)
