"""What agents do with a ticket: claim, hand over, wait, solve, split, merge, link, and take it back."""

from __future__ import annotations

import pytest

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError, NotAllowed, NotFound
from firstline.flows import (
    assigning,
    editing,
    forwarding,
    handing_over,
    linking,
    merging,
    opening,
    participating,
    replying,
    resolving,
    splitting,
    waiting,
)
from firstline.insight.check import prove
from firstline.notices.models import Outgoing
from firstline.routing.models import Team
from firstline.tickets.models import Entry, Leg, Participant, Ticket
from firstline.tickets.rules.states import Status
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    made = make_desk()
    yield made
    assert prove(now=made.now).breaches == ()


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.mail_in(cc="bo@customer.example").ticket or 0


def ticket(number: int) -> Ticket:
    return Ticket.objects.get(pk=number)


def other_team(number: int) -> int:
    return Team.objects.exclude(pk=ticket(number).team_id).values_list("pk", flat=True)[0]


@pytest.mark.parametrize("named", [{name: 999_999} for name in ("team", "priority", "category", "requester")]
                         + [{"kind": "riddle"}])
def test_a_ticket_is_not_opened_for_what_is_not_there(desk, named):
    with pytest.raises(DeskError, match="no such"):
        opening.open_ticket(**{"by": desk.agent, "now": desk.now, "subject": "?", "text": "?", "requester": None,
                               **named})


def test_the_second_who_claims_is_told_who_was_first(desk, number):
    assigning.claim(number, by=desk.agent, now=desk.later(minutes=1))
    with pytest.raises(Conflict, match="Anna Agent"):
        assigning.claim(number, by=desk.lead, now=desk.now)


def test_handing_over_begins_a_leg_and_needs_a_reason(desk, number):
    with pytest.raises(DeskError):
        handing_over.hand_over(number, by=desk.agent, now=desk.now, team=other_team(number), reason=" ")
    handing_over.hand_over(number, by=desk.agent, now=desk.later(hours=1), team=other_team(number), reason="Rights")
    assert Leg.objects.filter(ticket_id=number).count() == 2


def test_waiting_for_a_date_needs_one_that_lies_ahead(desk, number):
    with pytest.raises(DeskError):
        waiting.wait(number, by=desk.agent, now=desk.now, status=Status.WAITING_DATE, until=desk.now)


def test_waiting_ends_by_itself(desk, number):
    until = desk.later(hours=1)
    waiting.wait(number, by=desk.agent, now=desk.later(hours=-1), status=Status.WAITING_DATE, until=until)
    assert waiting.due_to_resume(now=desk.later(hours=2)) == (number,)


def test_nothing_is_solved_without_its_answer(desk, number):
    with pytest.raises(DeskError, match="told"):
        resolving.solve(number, by=desk.agent, now=desk.now)
    resolving.solve(number, by=desk.agent, now=desk.later(minutes=2), answer="Told on the telephone.")
    assert (ticket(number).status, ticket(number).due_at) == ("solved", None)


def test_only_a_solved_ticket_is_closed(desk, number):
    with pytest.raises(Conflict):
        resolving.close(number, by=desk.agent, now=desk.now)


def test_an_edit_keeps_what_was_before(desk, number):
    editing.edit(number, by=desk.agent, now=desk.now, subject="Printer P-17", add_tags=["Printer"])
    edited = Entry.objects.get(ticket_id=number, kind="edited")
    assert (edited.data["before"], ticket(number).tags) == ("Printer", ["printer"])


def test_a_note_never_leaves_with_a_forwarded_mail(desk, number):
    note = replying.note(number, by=desk.agent, now=desk.now, text="The canary.")
    with pytest.raises(DeskError):
        forwarding.forward(number, by=desk.agent, now=desk.now, to=["s@supplier.example"], text="?", seqs=[2, note])


def test_what_a_supplier_answers_stays_inside(desk, number):
    to = ["s@supplier.example"]
    forwarding.forward(number, by=desk.agent, now=desk.later(minutes=1), to=to, text="?", seqs=[2])
    sent = Outgoing.objects.get(kind="forward").message_id
    became = desk.mail_in(sender="s@supplier.example", subject="Re: Fwd", text="Costs 99.", references=sent)
    assert became.ticket == number
    assert Entry.objects.get(letters=became.letter).public_from is None


def test_a_copied_person_is_proposed_and_gets_nothing_until_accepted(desk, number):
    person = Participant.objects.get(ticket_id=number).person_id
    replying.reply(number, by=desk.agent, now=desk.later(minutes=1), text="On our way.")
    participating.accept(number, by=desk.agent, now=desk.now, person=person)
    replying.reply(number, by=desk.agent, now=desk.later(minutes=1), text="Done.")
    first, second = Outgoing.objects.filter(kind="reply").order_by("id")
    assert (first.recipients, second.recipients) == (
        ["eszter@customer.example"], ["eszter@customer.example", "bo@customer.example"])


def test_what_came_in_meanwhile_is_shown_before_sending(desk, number):
    seen = ticket(number).seq
    sent = Outgoing.objects.get(kind="receipt").message_id
    desk.mail_in(subject="Re", text="Never mind!", references=sent)
    with pytest.raises(Conflict, match="new"):
        replying.reply(number, by=desk.agent, now=desk.now, text="We are coming.", seen_seq=seen)


def test_a_merge_leads_later_mail_to_the_right_ticket_and_back(desk, number):
    second = desk.mail_in(subject="Toner", sender="eszter@customer.example").ticket
    replying.reply(second, by=desk.agent, now=desk.later(minutes=1), text="Which toner?")
    sent = Outgoing.objects.filter(ticket_id=second, kind="reply").get().message_id
    merging.merge(second, by=desk.lead, now=desk.later(minutes=1), into=number)
    assert desk.mail_in(subject="Re: Toner", text="Black.", references=sent).ticket == number
    merging.unmerge(second, by=desk.lead, now=desk.later(minutes=1))
    assert desk.mail_in(subject="Re: Toner", text="Thanks.", references=sent).ticket == second


def test_unmerging_restores_the_reading_exactly(desk, number):
    second = desk.mail_in(subject="Toner").ticket
    before = Ticket.objects.filter(pk=second).values("status", "team_id", "merged_into", "due_at", "order_key").get()
    merging.merge(second, by=desk.lead, now=desk.later(minutes=1), into=number)
    merging.unmerge(second, by=desk.lead, now=desk.later(minutes=1))
    assert Ticket.objects.filter(pk=second).values(*before).get() == before


def test_merging_shows_the_other_customer_nothing(desk, number):
    second = desk.mail_in(subject="Same here", sender="bob@rival.example").ticket
    merging.merge(second, by=desk.lead, now=desk.later(minutes=1), into=number)
    replying.reply(number, by=desk.lead, now=desk.later(minutes=1), text="Secret of Eszter.")
    assert Outgoing.objects.get(kind="reply").recipients == ["eszter@customer.example"]


def test_a_merged_ticket_is_not_changed(desk, number):
    second = desk.mail_in(subject="Toner").ticket
    merging.merge(second, by=desk.lead, now=desk.now, into=number)
    with pytest.raises(Conflict, match="merged"):
        replying.note(second, by=desk.agent, now=desk.now, text="?")


def test_a_split_refers_to_entries_and_can_be_taken_back(desk, number):
    new = splitting.split(number, by=desk.agent, now=desk.later(minutes=1), seqs=[2], subject="The dead line")
    assert ticket(new).requester_id == ticket(number).requester_id
    splitting.unsplit(new, by=desk.agent, now=desk.later(minutes=1))
    assert ticket(new).merged_into_id == number


def test_a_split_needs_messages(desk, number):
    with pytest.raises(DeskError):
        splitting.split(number, by=desk.agent, now=desk.now, seqs=[1], subject="Nothing said here")


def test_linked_tickets_can_be_unlinked_from_the_other_side(desk, number):
    second = desk.mail_in(subject="Toner").ticket
    linking.link(number, by=desk.agent, now=desk.now, other=second)
    with pytest.raises(Conflict):
        linking.link(second, by=desk.agent, now=desk.now, other=number)
    linking.unlink(second, by=desk.agent, now=desk.now, other=number)
    assert not ticket(number).links.exists()


def test_a_confidential_ticket_does_not_exist_for_others(desk, number):
    editing.edit(number, by=desk.lead, now=desk.now, confidential=True)
    with pytest.raises(NotFound):
        replying.note(number, by=desk.agent, now=desk.now, text="Curious")


def test_who_may_only_read_may_not_write(desk, number):
    reader = Principal("agent", 99, permissions={"ticket.see": desk.agent.permissions["ticket.see"]})
    with pytest.raises(NotAllowed):
        replying.note(number, by=reader, now=desk.now, text="Me too")
