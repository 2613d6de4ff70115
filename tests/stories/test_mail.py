"""Mail comes in, becomes a ticket, is answered, and nothing is lost or doubled."""

from __future__ import annotations

import pytest

from firstline.flows import replying
from firstline.insight.check import prove
from firstline.intake.models import Letter
from firstline.tickets.models import Entry, Ticket
from firstline.tickets.rules.states import Status
from tests.support.mail_desk import Desk, letter, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def proven(desk: Desk) -> None:
    report = prove(now=desk.now)
    assert report.ok, report.breaches


def test_a_mail_opens_a_ticket_and_its_sender_is_told(desk):
    became = desk.mail_in()
    assert became.outcome == "opened"
    assert [mail.kind for mail in desk.outgoing()] == ["receipt"]
    proven(desk)


def test_the_same_mail_twice_is_one_entry(desk):
    raw = letter()
    desk.take(raw)
    desk.take(raw + b"\r\n")
    assert [one.outcome for one in desk.work()] == ["opened", "duplicate"]
    proven(desk)


def answer(desk: Desk, number: int, **words) -> str:
    desk.later(minutes=5)
    said = replying.reply(number, by=desk.agent, now=desk.now, text="Try now, please.", **words)
    return desk.outgoing()[-1].message_id if said.outgoing else ""


def test_the_customers_reply_joins_and_wakes_the_ticket(desk):
    number = desk.mail_in().ticket
    identifier = answer(desk, number, then=Status.WAITING_CUSTOMER)
    became = desk.mail_in(subject="Re: Printer", text="Still nothing.", references=identifier)
    assert (became.outcome, became.ticket) == ("joined", number)
    assert Ticket.objects.get(pk=number).status == "open"
    proven(desk)


def test_a_stranger_with_our_token_is_held(desk):
    number = desk.mail_in().ticket
    identifier = answer(desk, number)
    became = desk.mail_in(sender="eve@evil.example", subject="Re: Printer", references=identifier)
    assert became.outcome == "quarantined"
    assert Entry.objects.filter(ticket_id=number, kind="held").exists()
    assert Letter.objects.get(pk=became.letter).claims_id == number
    proven(desk)


def test_an_answer_to_a_solved_ticket_reopens_it(desk):
    number = desk.mail_in().ticket
    identifier = answer(desk, number, then=Status.SOLVED)
    desk.later(days=2)
    desk.mail_in(subject="Re: Printer", text="It is broken again.", references=identifier)
    ticket = Ticket.objects.get(pk=number)
    assert (ticket.status, ticket.reopenings) == ("open", 1)
    proven(desk)


def test_a_late_answer_opens_a_linked_ticket(desk):
    number = desk.mail_in().ticket
    identifier = answer(desk, number, then=Status.SOLVED)
    desk.later(days=20)
    became = desk.mail_in(subject="Re: Printer", text="It is broken again.", references=identifier)
    assert became.outcome == "opened" and became.ticket != number
    proven(desk)


def test_five_hundred_mails_bring_a_victim_one_receipt(desk):
    for n in range(25):
        desk.take(letter(subject=f"Offer {n}", text=f"word {n}", sender="victim@third.example"))
    desk.work()
    assert len(desk.outgoing()) == 1
    proven(desk)


def test_a_withdrawn_answer_never_leaves_and_stops_no_clock(desk):
    number = desk.mail_in().ticket
    desk.later(minutes=5)
    said = replying.reply(number, by=desk.agent, now=desk.now, text="Wrong person, sorry.", then=Status.SOLVED)
    assert replying.withdraw(number, said.seq, by=desk.agent, now=desk.later(seconds=4)) == "Wrong person, sorry."
    ticket = Ticket.objects.get(pk=number)
    assert ticket.status == "open" and ticket.due_at is not None
    assert [mail.state for mail in desk.outgoing()] == ["waiting", "withdrawn"]
    proven(desk)
