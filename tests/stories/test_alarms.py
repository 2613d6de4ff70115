"""A mailbox that fails is told to the administrators once, and again when it fails anew."""

from __future__ import annotations

import pytest

from firstline.accounts.principal import OPERATOR
from firstline.flows import alarming, mailbox_state
from firstline.flows.agents import add_agent
from firstline.notices.models import Mailbox, Outgoing
from tests.support.mail_desk import MONDAY, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox() -> int:
    make_desk()
    add_agent(by=OPERATOR, now=MONDAY, email="admin@example.org", name="Ada", roles=["administrator"])
    return Mailbox.objects.values_list("pk", flat=True).get()


def fail(mailbox: int) -> None:
    mailbox_state.fetched(mailbox, at=None, error="The server refused the password.", kind="auth", now=MONDAY)
    alarming.raise_alarms()


def test_a_refused_password_is_told_at_once_and_once(mailbox):
    fail(mailbox)
    fail(mailbox)
    assert [mail.kind for mail in Outgoing.objects.all()] == ["alarm"]


def test_a_trouble_that_comes_again_is_told_again(mailbox):
    fail(mailbox)
    mailbox_state.fetched(mailbox, at=MONDAY, error="", kind="", now=MONDAY)
    fail(mailbox)
    assert Outgoing.objects.count() == 2


def test_a_short_trouble_of_the_network_is_no_alarm(mailbox):
    mailbox_state.fetched(mailbox, at=None, error="No route.", kind="network", now=MONDAY)
    alarming.raise_alarms()
    assert not Outgoing.objects.exists()
