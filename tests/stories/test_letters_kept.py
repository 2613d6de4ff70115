"""What is odd about a letter stays visible, no mailbox starves, and no letter is tried for ever."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection

from firstline.core.time import now
from firstline.flows import claiming, judging, taking_in
from firstline.intake.letters_page import letters_page
from firstline.intake.models import Letter
from firstline.intake.parser import Parser
from firstline.intake.queries import letters_of
from firstline.jobs.letters import LetterDuty
from firstline.notices.models import Mailbox
from firstline.tickets.models import Entry, Participant, Ticket
from tests.support.mail_desk import Desk, letter, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_a_used_message_id_with_other_words_is_kept_and_flagged(desk):
    desk.mail_in(message_id="<one@customer.example>")
    became = desk.mail_in(message_id="<one@customer.example>", text="Something else.")
    assert became.outcome == "opened"
    assert "message-id:used-before" in letters_of(became.ticket)[0].notes


def test_the_letters_page_shows_what_was_odd(desk):
    desk.mail_in(message_id="<one@customer.example>")
    desk.mail_in(message_id="<one@customer.example>", text="Something else.")
    assert letters_page(principal=desk.lead).recent[0].notes == ("message-id:used-before",)


def test_more_than_fifty_people_are_cut_and_it_is_said(desk):
    became = desk.mail_in(cc=", ".join(f"p{n}@customer.example" for n in range(80)))
    assert Participant.objects.filter(ticket_id=became.ticket).count() < 50
    assert "cap:participants" in letters_of(became.ticket)[0].notes


def test_a_flooded_mailbox_does_not_starve_another(desk):
    quiet = Mailbox.objects.create(address="quiet@example.org", created_at=desk.now).pk
    flood = [taking_in.Arrived(letter(subject=f"Flood {n}"), "lmtp") for n in range(420)]
    taking_in.take_in_all(flood, now=desk.now)
    wanted = taking_in.take_in(taking_in.Arrived(letter(), "lmtp", mailbox=quiet), now=desk.later(minutes=1)).letter
    assert wanted in claiming.claim_letters(worker="w", now=desk.now)


def test_letters_of_one_mailbox_are_taken_oldest_first(desk):
    kept = [desk.take(letter(subject=f"Letter {n}")) for n in range(30)]
    assert claiming.claim_letters(worker="w", now=desk.now) == kept[:20]


def test_a_letter_that_the_database_refuses_is_failed_in_the_end(desk):
    desk.mail_in()
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX tests_one_of_a_kind ON ticket (kind)")
    desk.now = now() - timedelta(days=1)
    number = desk.take(letter(subject="Refused"))
    with Parser() as parser:
        duty = LetterDuty(parser, worker="w")
        for _ in range(3):
            duty.once()
            Letter.objects.filter(pk=number, state="received").update(next_at=desk.now)
    assert (Letter.objects.get(pk=number).state, Letter.objects.get(pk=number).attempts) == ("failed", 3)


def test_an_endless_message_id_opens_a_ticket_all_the_same(desk):
    odd = "".join(chr(random.Random(7 + n).randrange(0x4E00, 0x9FA0)) for n in range(990))
    desk.take(letter().replace(b"Message-ID: ", f"Message-ID: <{odd}@x>\nX-Was: ".encode()))
    assert desk.work()[0].outcome == "opened"


def test_the_mail_of_an_agent_speaks_for_a_person_never_for_the_agent(desk):
    became = desk.mail_in(sender="agent@example.org")
    entry = Entry.objects.get(letters=became.letter)
    assert (entry.kind, entry.actor_kind, Ticket.objects.get(pk=became.ticket).assignee_id) == (
        "message", "person", None)


def test_the_clock_is_when_it_came_not_what_it_claims(desk):
    became = desk.mail_in(at=desk.now - timedelta(days=400))
    assert Ticket.objects.get(pk=became.ticket).entered_at == desk.now


def test_why_a_held_letter_brings_no_receipt_stands_on_the_ticket(desk):
    number = desk.mail_in().ticket
    held = desk.mail_in(sender="eve@evil.example", subject=f"Re: [#{number}] Printer").letter
    judging.open_apart(held, by=desk.lead, now=desk.now)
    new = desk.work()[0].ticket
    assert Entry.objects.get(ticket_id=new, kind="withheld").data["reason"] == "was-held"
