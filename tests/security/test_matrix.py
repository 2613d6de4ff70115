"""Every path, every role, every relation: nobody enters where the table does not say so (PROMISES S06)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern

from firstline.accounts.principal import OPERATOR
from firstline.flows import assigning
from firstline.web.needs import SIGNED_IN, Route
from firstline.web.routes import ROUTES
from tests.support.web_desk import WebDesk

ROLE_NAMES = ("front-line", "technician", "lead", "manager", "keeper", "administrator", "auditor", "")
RELATIONS = ("own", "near", "far", "secret")
# One letter a relation: y enters, n is refused (403), m learns nothing (404), s is sent to sign in (302 or 401).
STRANGER = "ssss"


def row(front: str, technician: str, lead: str, manager: str, keeper: str, admin: str,
        auditor: str) -> dict[str, str]:
    return dict(zip(ROLE_NAMES, (front, technician, lead, manager, keeper, admin, auditor, STRANGER), strict=True))


EVERY = row("yyyy", "yyyy", "yyyy", "yyyy", "yyyy", "yyyy", "yyyy")
READ = row("yyym", "yymm", "yyyy", "yyym", "yyym", "yyyy", "yyyy")
WRITE = row("yyym", "yymm", "yyyy", "nnnn", "nnnn", "yyyy", "nnnn")
NOTHING_TO_WITHDRAW = {role: letters.replace("y", "m") for role, letters in WRITE.items()}
OPENING = row("yyyy", "yyyy", "yyyy", "nnnn", "nnnn", "yyyy", "nnnn")
PEOPLE = OPENING
MERGING = row("nnnn", "nnnn", "yyyy", "nnnn", "nnnn", "yyyy", "nnnn")
LETTERS = row("yyyy", "nnnn", "yyyy", "nnnn", "nnnn", "yyyy", "yyyy")
RAW = row("nnnn", "nnnn", "mmmm", "nnnn", "nnnn", "mmmm", "nnnn")
JUDGING = row("mmmm", "nnnn", "mmmm", "nnnn", "nnnn", "mmmm", "nnnn")
OPEN_TO_ALL = dict.fromkeys(ROLE_NAMES, "yyyy")
NO_SUCH_LINK = dict.fromkeys(ROLE_NAMES, "mmmm")

TICKET = "/tickets/<int:number>"
DEEDS = ("reply", "note", "withdraw", "forward", "claim", "assign", "answer-for", "hand-over", "wait", "resume",
         "solve", "reopen", "close", "edit", "split", "unsplit", "merge", "unmerge", "link", "unlink", "accept",
         "refuse", "propose")
TABLE: dict[str, dict[str, str]] = {
    "/": EVERY, "/search": EVERY, "/tickets/new": OPENING, TICKET: READ,
    **{f"{TICKET}/{name}": WRITE for name in DEEDS}, f"{TICKET}/withdraw": NOTHING_TO_WITHDRAW,
    "/attachments/<int:number>": READ, "/entries/<int:entry>/look": READ, "/entries/<int:entry>/frame": READ,
    "/people": EVERY, "/people/<int:number>": EVERY,
    **{f"/people/<int:number>/{name}": PEOPLE for name in ("edit", "addresses/add", "addresses/remove",
                                                           "telephones/add")},
    **{f"/people/<int:number>/{name}": MERGING for name in ("merge", "part")},
    "/mail": LETTERS, "/mail/<int:number>/raw": RAW,
    **{f"/mail/<int:number>/{name}": JUDGING for name in ("let-in", "open-apart", "retry", "drop")},
    "/me/language": EVERY, "/sign-out": EVERY, "/sign-in": OPEN_TO_ALL, "/forgotten": OPEN_TO_ALL,
    "/welcome/<str:secret>": NO_SUCH_LINK, "/healthz": OPEN_TO_ALL,
    "/about": OPEN_TO_ALL, "/about/source": OPEN_TO_ALL,
}
# A deed whose form is wrong is refused after the right of entry: 400 or 409 still means that the asker was let in.
SPOKEN = {401: "s", 403: "n", 404: "m"}
FORM = {"text": "x", "note": "x", "seq": "2", "to": "a@b.example", "words": "x", "reason": "x", "subject": "x",
        "answer": "x", "language": "en", "status": "waiting-customer", "email": "eszter@customer.example",
        "number": "+36 1 555"}


def tickets(desk: WebDesk) -> dict[str, int]:
    """A ticket in each relation; the own one is given to each agent in turn."""
    return {"own": desk.ticket(team=desk.far), "near": desk.ticket(team=desk.near),
            "far": desk.ticket(team=desk.far), "secret": desk.ticket(team=desk.far, secret=True)}


def address(route: Route, desk: WebDesk, number: int) -> str:
    """The route's address about this ticket, and about the one person and letter that there are."""
    from firstline.tickets.models import Attachment, Body

    path = route.path
    if path.startswith("/attachments"):
        number = Attachment.objects.get(entry__ticket=number).pk
    elif path.startswith("/people"):
        number = desk.customer
    elif path.startswith("/mail"):
        number = 999_999
    body = Body.objects.filter(entry__ticket=number).first()
    return (path.replace("<int:number>", str(number)).replace("<int:entry>", str(body.entry_id if body else 0))
            .replace("<str:secret>", "nobody-knows-it"))


def furnish(numbers: dict[str, int], desk: WebDesk) -> None:
    """Give each ticket a file and a look."""
    from firstline.files import store
    from firstline.tickets.models import Attachment, Body, Entry

    blob = store.put(b"file", now=desk.now)
    for number in numbers.values():
        entry = Entry.objects.get(ticket=number, kind="message")
        Attachment.objects.create(entry=entry, blob_id=blob, name="a.txt", type="text/plain", size=4)
        Body.objects.filter(entry=entry).update(html="<p>look</p>")


def forms(desk: WebDesk, numbers: dict[str, int]) -> dict[str, object]:
    """A filled form for any deed."""
    return {**FORM, "agent": desk.agents["lead"].id, "team": desk.near, "person": desk.customer,
            "other": numbers["near"], "into": numbers["near"]}


def letter_of(status: int, location: str) -> str:
    if status == 302 and location.startswith("/sign-in?next="):
        return "s"
    return SPOKEN.get(status, "y")


def surprises(route: Route, desk: WebDesk, expected: dict[str, str]) -> list[str]:
    """Where the route answers other than expected: `role relation: expected, found`."""
    found = []
    numbers = tickets(desk)
    furnish(numbers, desk)
    for role in ROLE_NAMES:
        if role:
            assigning.assign(numbers["own"], by=OPERATOR, now=desk.now, agent=desk.agents[role].id)
        browser = desk.client(role)
        for relation, wanted in zip(RELATIONS, expected[role], strict=True):
            got = _ask(route, desk, browser, numbers, relation)
            if got != wanted:
                found.append(f"{role or 'stranger'} {relation}: {wanted}, {got}")
    return found


def _ask(route: Route, desk: WebDesk, browser: Client, numbers: dict[str, int], relation: str) -> str:
    kept = deepcopy(browser.cookies)
    with transaction.atomic():
        where = address(route, desk, numbers[relation])
        data = forms(desk, numbers)
        answer = browser.get(where) if "GET" in route.methods else browser.post(where, data)
        transaction.set_rollback(True)
    browser.cookies = kept
    return letter_of(answer.status_code, answer.headers.get("Location", ""))


def test_every_route_has_a_row() -> None:
    assert sorted(TABLE) == sorted(route.path for route in ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_nobody_enters_where_the_table_does_not_say_so(route: Route, desk: WebDesk) -> None:
    assert surprises(route, desk, TABLE[route.path]) == []


def test_a_refusal_made_to_succeed_is_noticed(desk: WebDesk) -> None:
    raw = next(route for route in ROUTES if route.path == "/people/<int:number>/edit")
    loose: tuple[URLPattern, ...] = (replace(raw, right=SIGNED_IN, view=_anything).pattern(),)
    with override_settings(ROOT_URLCONF=loose):
        assert surprises(raw, desk, TABLE[raw.path]) != []


def _anything(_request: object, number: int) -> object:
    from django.http import HttpResponse

    return HttpResponse(str(number))
