"""What a ticket's rows promise: numbers for ever, titles that are found, a proof that does not stumble."""

from __future__ import annotations

import pytest

from firstline.flows import editing
from firstline.insight.check import prove
from firstline.search.models import SearchRow
from firstline.tickets import telling
from firstline.tickets.models import Entry, Ticket
from firstline.tickets.queries.values import Directory
from firstline.tickets.rules.entries import Linked
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def bare(before: Ticket) -> Ticket:
    """A row like another, which the database numbers."""
    before.pk = None
    before.save(force_insert=True)
    return before


def test_a_number_is_never_given_twice(desk):
    number = desk.mail_in().ticket
    last = bare(Ticket.objects.get(pk=number)).number
    Ticket.objects.filter(pk=last).delete()
    assert bare(Ticket.objects.get(pk=number)).number > last


def test_a_new_subject_is_found_and_the_old_one_is_not(desk):
    number = desk.mail_in(subject="Printer").ticket
    editing.edit(number, by=desk.agent, now=desk.now, subject="Toner")
    assert set(SearchRow.objects.filter(number=number).values_list("title", flat=True)) == {"Toner"}


def test_a_line_that_cannot_be_read_is_a_breach_not_a_crash(desk):
    number = desk.mail_in().ticket
    Entry.objects.filter(ticket_id=number, seq=2).update(version=99)
    assert f"#{number}" in [breach.object for breach in prove(now=desk.now).breaches if breach.rule == "journeys"]


def test_a_line_that_claims_another_time_of_recording_is_a_breach(desk):
    number = desk.mail_in().ticket
    Entry.objects.filter(ticket_id=number, seq=2).update(recorded_at=desk.later(days=-1))
    assert f"#{number}" in [breach.object for breach in prove(now=desk.now).breaches if breach.rule == "journeys"]


@pytest.mark.parametrize("link", ["related", "follows", "caused-by", "related-of", "follows-of", "caused-by-of"])
def test_both_sides_of_a_link_are_told_in_words(link):
    told = telling.TELLING["linked"](Linked(number=1, link=link), Directory({}, {}, {}, {}, {}))
    assert "-" not in told
