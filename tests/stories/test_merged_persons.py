"""Two persons who turned out to be one are one for every ticket: nobody is proposed or written to twice."""

from __future__ import annotations

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.flows import merging, participating, people_merging, replying
from firstline.notices.models import Outgoing
from firstline.people.models import Address
from firstline.tickets.models import Entry, Participant
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db
WORK, HOME = "eszter@customer.example", "eszter@home.example"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def person(email: str) -> int:
    return Address.objects.get(email=email).person_id


def one_person(desk: Desk) -> None:
    """The one who writes from work is part of the one who writes from home."""
    people_merging.merge(person(WORK), into=person(HOME), by=OPERATOR, now=desk.now)


def test_a_requester_who_was_merged_is_not_proposed_by_his_own_answer(desk):
    number = desk.mail_in().ticket
    desk.mail_in(sender=HOME, subject="Toner")
    one_person(desk)
    sent = Outgoing.objects.get(ticket_id=number, kind="receipt").message_id
    assert desk.mail_in(sender=HOME, subject="Re: Printer", references=sent).ticket == number
    assert not Participant.objects.filter(ticket_id=number).exists()


def test_his_words_are_public(desk):
    number = desk.mail_in().ticket
    desk.mail_in(sender=HOME, subject="Toner")
    one_person(desk)
    sent = Outgoing.objects.get(ticket_id=number, kind="receipt").message_id
    became = desk.mail_in(sender=HOME, subject="Re: Printer", references=sent)
    assert Entry.objects.get(letters=became.letter).public_from is not None


def test_a_participant_who_is_the_requester_gets_one_mail(desk):
    number = desk.mail_in(cc=HOME).ticket
    participating.accept(number, by=desk.agent, now=desk.now, person=person(HOME))
    one_person(desk)
    sent = Outgoing.objects.get(ticket_id=number, kind="receipt").message_id
    desk.mail_in(sender=HOME, subject="Re: Printer", references=sent)
    replying.reply(number, by=desk.agent, now=desk.later(minutes=1), text="On our way.")
    assert Outgoing.objects.get(kind="reply").recipients == [HOME]


def test_merging_the_tickets_of_one_person_proposes_nobody(desk):
    number, second = desk.mail_in().ticket, desk.mail_in(sender=HOME, subject="Toner").ticket
    one_person(desk)
    merging.merge(second, by=desk.lead, now=desk.later(minutes=1), into=number)
    assert not Participant.objects.filter(ticket_id=number).exists()
