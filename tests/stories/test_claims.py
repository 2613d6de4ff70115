"""Sixteen clients want the same tickets: one winner each, and the desk stays whole (PROMISES K03)."""

from __future__ import annotations

import pytest

from firstline.insight.check import prove
from firstline.tickets.models import Entry
from tests.support import rush
from tests.support.mail_desk import make_desk

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, TICKETS = 16, 100


def test_of_sixteen_who_claim_one_wins_each_ticket():
    desk = make_desk()
    numbers = rush.tickets(desk, TICKETS)
    outcome = rush.claim_all(desk, rush.agents(desk, CLIENTS), numbers)
    assert outcome.errors == [] and outcome.deadlocks == 0
    assert sorted(outcome.won) == numbers and all(len(winners) == 1 for winners in outcome.won.values())
    assert outcome.refused == TICKETS * (CLIENTS - 1)
    assert Entry.objects.filter(kind="assigned").count() == TICKETS
    assert prove(now=desk.now).ok


def test_of_many_who_answer_merge_and_part_the_same_tickets_nobody_breaks_anything():
    desk = make_desk()
    numbers = rush.tickets(desk, 6)
    outcome = rush.reply_and_merge(desk, rush.agents(desk, CLIENTS), numbers)
    assert outcome.errors == [] and outcome.deadlocks == 0
    assert prove(now=desk.now).breaches == ()
