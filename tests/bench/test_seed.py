"""A seeded desk is a desk: the proof accepts it, and it looks like years of work."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from bench import seed
from firstline.flows import setting_up
from firstline.insight.check import prove
from firstline.search.models import SearchRow
from firstline.search.queries import Audience, search
from firstline.tickets.models import Body, Entry, Ticket
from firstline.tickets.rules.states import OPEN_STATES

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TICKETS = 700
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seeded(monkeypatch):
    monkeypatch.setattr("bench.seeding.loading.PostgresqlLoader.processes", 1)
    setting_up.seed(language="en", now=NOW)
    return seed.seed(tickets=TICKETS, seed=1, now=NOW)


def test_the_proof_accepts_a_seeded_desk(seeded):
    report = prove(now=NOW)
    assert report.breaches == ()
    assert report.checked["journeys"] == TICKETS


def test_every_ticket_has_three_messages(seeded):
    said = Entry.objects.filter(kind__in=("message", "reply")).count()
    assert said == 3 * TICKETS
    assert Body.objects.count() == SearchRow.objects.count() >= said


def test_half_of_a_small_desk_is_open(seeded):
    assert Ticket.objects.filter(status__in=OPEN_STATES).count() == seeded.open == TICKETS // 2


def test_constraints_and_indexes_stand_as_before(seeded):
    connection.check_constraints()
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "ticket")
    assert {"ticket_queue", "ticket_mine", "ticket_team", "ticket_solved", "ticket_requester"} <= set(found)


def test_a_new_ticket_gets_the_next_number(seeded):
    newest = Ticket.objects.order_by("-number").first()
    newest.pk = None
    newest.save(force_insert=True)
    assert newest.number == TICKETS + 1


def test_the_words_of_every_language_are_found(seeded):
    audience = Audience(internal=True, all_teams=True, teams=frozenset())
    for query in ("printer", "nyomtató", "skriveren", "printeren", "принтер", "принтерът"):
        assert search(query, audience=audience, kinds=("ticket",), limit=5).hits, query
