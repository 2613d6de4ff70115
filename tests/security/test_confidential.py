"""Attacks on confidential tickets: no letter, merge or page may carry their words to others (S05, S18)."""

from __future__ import annotations

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.core.errors import Conflict, NotFound
from firstline.flows import editing, judging, merging, replying, splitting
from firstline.intake import letters_page
from firstline.intake.models import Letter
from firstline.tickets.models import Entry, Ticket
from firstline.tickets.rules.states import Status
from tests.support.mail_desk import Desk, letter, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def secret(desk: Desk, **words: str) -> int:
    number = desk.mail_in(**words).ticket
    assert number is not None
    editing.edit(number, by=OPERATOR, now=desk.now, confidential=True)
    return number


def is_secret(number: int) -> bool:
    return Ticket.objects.get(pk=number).confidential


def test_an_answer_to_an_old_confidential_ticket_opens_a_confidential_one(desk: Desk) -> None:
    number = secret(desk)
    replying.reply(number, by=desk.lead, now=desk.later(minutes=1), text="Done.", then=Status.SOLVED)
    identifier = desk.outgoing()[-1].message_id
    desk.later(days=40)
    became = desk.mail_in(subject="Re: Printer", text="CANARY again", references=identifier)
    assert became.ticket not in (None, number)
    assert is_secret(became.ticket or 0)


def test_a_confidential_ticket_cannot_become_part_of_an_open_one(desk: Desk) -> None:
    plain, number = desk.mail_in(subject="Other").ticket, secret(desk)
    with pytest.raises(Conflict):
        merging.merge(number, by=OPERATOR, now=desk.now, into=plain or 0)


def test_a_confidential_split_cannot_become_part_of_its_open_origin(desk: Desk) -> None:
    number = desk.mail_in().ticket or 0
    seq = Entry.objects.get(ticket=number, kind="message").seq
    new = splitting.split(number, by=OPERATOR, now=desk.now, seqs=[seq], subject="Apart")
    editing.edit(new, by=OPERATOR, now=desk.now, confidential=True)
    with pytest.raises(Conflict):
        splitting.unsplit(new, by=OPERATOR, now=desk.now)


def merged(desk: Desk) -> tuple[int, int]:
    part, whole = desk.mail_in().ticket or 0, desk.mail_in(subject="Other").ticket or 0
    merging.merge(part, by=OPERATOR, now=desk.now, into=whole)
    return part, whole


def test_secrecy_covers_what_was_merged_before(desk: Desk) -> None:
    part, whole = merged(desk)
    editing.edit(whole, by=OPERATOR, now=desk.now, confidential=True)
    assert is_secret(part)


def test_who_may_not_see_a_part_cannot_uncover_it(desk: Desk) -> None:
    part, whole = merged(desk)
    editing.edit(whole, by=OPERATOR, now=desk.now, confidential=True)
    Ticket.objects.filter(pk=whole).update(assignee=desk.agent.id)
    with pytest.raises(NotFound):
        editing.edit(whole, by=desk.agent, now=desk.now, confidential=False)
    assert is_secret(part)


def test_a_copy_of_a_confidential_letter_is_not_on_the_page_of_letters(desk: Desk) -> None:
    raw = letter(subject="CANARY")
    desk.take(raw)
    number = desk.work()[0].ticket
    editing.edit(number or 0, by=OPERATOR, now=desk.now, confidential=True)
    desk.take(b"Received: by elsewhere\r\n" + raw)
    assert desk.work()[0].outcome == "duplicate"
    shown = letters_page.letters_page(principal=desk.agent).recent
    assert [card.subject for card in shown] == []


def test_nobody_lets_a_letter_into_a_ticket_that_he_may_not_see(desk: Desk) -> None:
    number = secret(desk)
    identifier = desk.outgoing()[-1].message_id
    became = desk.mail_in(sender="eve@evil.example", subject=f"Re: [#{number}]", references=identifier)
    assert became.outcome == "quarantined"
    with pytest.raises(NotFound):
        judging.let_in(became.letter, by=desk.agent, now=desk.now)
    assert Letter.objects.get(pk=became.letter).state == "quarantined"
