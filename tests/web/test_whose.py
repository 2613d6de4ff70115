"""Requester and affected person are typed: a name, an address or #number."""

from __future__ import annotations

import re

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.flows import people_changing
from firstline.tickets.models import Ticket
from tests.support.web_desk import WebDesk


def somebody(desk: WebDesk, name: str, email: str = "") -> int:
    return people_changing.create_person(by=OPERATOR, now=desk.now, name=name, email=email)


@pytest.mark.parametrize("typed", ["Fekete Gábor", "feket", "gabor@customer.example", "#{id}"])
def test_a_person_is_found_by_what_was_typed(desk: WebDesk, typed: str) -> None:
    number, other = desk.ticket(), somebody(desk, "Fekete Gábor", "gabor@customer.example")
    desk.client("lead").post(f"/tickets/{number}/edit", {"requester": typed.format(id=other)})
    assert Ticket.objects.get(pk=number).requester_id == other


def test_the_affected_person_is_another_field(desk: WebDesk) -> None:
    number, other = desk.ticket(), somebody(desk, "Fekete Gábor")
    form = {"requester": "Kovács Eszter", "requester_shown": "Kovács Eszter", "affected": "Fekete"}
    desk.client("lead").post(f"/tickets/{number}/edit", form)
    found = Ticket.objects.get(pk=number)
    assert (found.requester_id, found.affected_id) == (desk.customer, other)


def test_several_who_match_are_offered_and_one_is_chosen(desk: WebDesk) -> None:
    number, one, _two = desk.ticket(), somebody(desk, "Fekete Gábor"), somebody(desk, "Fekete Gáborné")
    browser = desk.client("lead")
    page = browser.post(f"/tickets/{number}/edit", {"requester": "Fek", "subject": "Kept"}).content.decode()
    assert len(re.findall(r'name="requester_chosen" value="\d+"', page)) == 2
    assert 'value="Kept"' in page
    browser.post(f"/tickets/{number}/edit", {"requester": "Fek", "requester_listed": "Fek", "requester_chosen": one})
    assert Ticket.objects.get(pk=number).requester_id == one


def test_a_choice_is_dropped_when_something_else_is_typed(desk: WebDesk) -> None:
    number, one, two = desk.ticket(), somebody(desk, "Fekete Gábor"), somebody(desk, "Nilsen Ida")
    form = {"requester": "Nilsen", "requester_listed": "Fek", "requester_chosen": one}
    desk.client("lead").post(f"/tickets/{number}/edit", form)
    assert Ticket.objects.get(pk=number).requester_id == two


@pytest.mark.parametrize("typed", ["Nobody Atall", "#999999", "nobody@nowhere.example", "#"])
def test_nobody_found_is_a_sentence_and_nothing_is_lost(desk: WebDesk, typed: str) -> None:
    form = {"requester": typed, "subject": "New words"}
    page = desk.client("lead").post(f"/tickets/{desk.ticket()}/edit", form)
    assert (page.status_code, 'value="New words"' in page.content.decode()) == (400, True)


def test_a_new_ticket_is_for_somebody_else(desk: WebDesk) -> None:
    other = somebody(desk, "Fekete Gábor")
    form = {"subject": "No sound", "person": desk.customer, "affected": "Fekete"}
    desk.client("lead").post("/tickets/new", form)
    assert Ticket.objects.latest("number").affected_id == other


def test_two_persons_are_merged_by_name(desk: WebDesk) -> None:
    other = somebody(desk, "Fekete Gábor")
    lead = desk.client("lead")
    lead.post(f"/people/{other}/merge", {"into": "Kovács"})
    assert lead.get(f"/people/{other}").headers["Location"] == f"/people/{desk.customer}"
