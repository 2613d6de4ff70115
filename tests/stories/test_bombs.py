"""Ten bombs among fifty good mails: none is lost, none costs much, none holds the others up (PROMISES M08)."""

from __future__ import annotations

import pytest

from firstline.core.time import now
from firstline.insight.check import prove
from firstline.intake.parser import Parser
from firstline.tickets.models import Ticket
from tests.support import bombs
from tests.support.mail_desk import make_desk

CPU_S = 5.5  # the kernel counts whole seconds above the five, and the child's own start is in it


@pytest.mark.django_db
def test_bombs_among_good_mail_are_each_known_and_hold_nothing_up():
    with Parser() as parser:
        hurt, good = bombs.among_good_mail(make_desk(), parser)
    assert all(one.outcome or (one.state in ("failed", "quarantined") and one.reason) for one in hurt), hurt
    assert [one for one in hurt if one.cpu_s > CPU_S] == []
    assert {one.outcome for one in good} == {"opened"} and Ticket.objects.count() >= len(good)
    assert max(one.waited_s for one in good) <= 30
    assert prove(now=now()).ok
