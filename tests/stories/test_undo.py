"""An answer that was taken back is gone everywhere: from the search, from forwards and splits, and as an answer."""

from __future__ import annotations

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.core.errors import DeskError
from firstline.flows import assigning, forwarding, replying, resolving, splitting, waiting
from firstline.insight.check import prove
from firstline.search.models import SearchRow
from firstline.tickets.models import Ticket
from firstline.tickets.queries import story
from firstline.tickets.rules.states import Status
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db
WRONG = "The canary sings."


@pytest.fixture
def desk():
    made = make_desk()
    yield made
    assert prove(now=made.now).breaches == ()


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.mail_in().ticket or 0


def taken_back(desk: Desk, number: int, **words) -> int:
    said = replying.reply(number, by=desk.agent, now=desk.later(minutes=5), text=WRONG, **words)
    replying.withdraw(number, said.seq, by=desk.agent, now=desk.later(seconds=4))
    desk.later(minutes=1)
    return said.seq


def test_it_is_not_found_by_the_search(desk, number):
    taken_back(desk, number)
    assert not SearchRow.objects.filter(text__contains="canary").exists()


def test_it_cannot_be_forwarded(desk, number):
    seq = taken_back(desk, number)
    with pytest.raises(DeskError):
        forwarding.forward(number, by=desk.agent, now=desk.now, to=["s@supplier.example"], text="?", seqs=[seq])


def test_it_is_no_answer_that_solves_a_ticket(desk, number):
    taken_back(desk, number)
    with pytest.raises(DeskError, match="told"):
        resolving.solve(number, by=desk.agent, now=desk.now)


def test_it_cannot_be_split_off(desk, number):
    seq = taken_back(desk, number)
    with pytest.raises(DeskError):
        splitting.split(number, by=desk.agent, now=desk.now, seqs=[2, seq], subject="Another")


def test_it_does_not_stand_on_a_ticket_that_was_split_off_before(desk, number):
    said = replying.reply(number, by=desk.agent, now=desk.later(minutes=5), text=WRONG)
    new = splitting.split(number, by=desk.agent, now=desk.later(seconds=2), seqs=[2, said.seq], subject="Another")
    replying.withdraw(number, said.seq, by=desk.agent, now=desk.later(seconds=2))
    assert WRONG not in [line.text for line in story(new, principal=OPERATOR).lines]


def test_it_takes_only_its_own_status_back(desk, number):
    said = replying.reply(number, by=desk.agent, now=desk.later(minutes=5), text=WRONG, then=Status.WAITING_CUSTOMER)
    waiting.wait(number, by=desk.lead, now=desk.later(seconds=2), status=Status.WAITING_THIRD)
    replying.withdraw(number, said.seq, by=desk.agent, now=desk.later(seconds=2))
    assert Ticket.objects.get(pk=number).status == "waiting-third"


def test_a_reopening_is_taken_back_with_it(desk, number):
    resolving.solve(number, by=desk.agent, now=desk.later(minutes=1), answer="Told in speech.")
    taken_back(desk, number, then=Status.OPEN)
    assert Ticket.objects.get(pk=number).status == "solved"


def test_who_took_the_ticket_by_answering_keeps_it(desk, number):
    taken_back(desk, number)
    assert Ticket.objects.get(pk=number).assignee_id == desk.agent.id
    assigning.assign(number, by=desk.agent, now=desk.now, agent=None)
