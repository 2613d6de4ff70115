"""Attacks that make the desk write too much: floods by spellings of one address, asked-for links (M01, M03, S15)."""

from __future__ import annotations

import pytest

from firstline.accounts.models import OneTimeLink
from firstline.flows import forgetting
from firstline.notices.models import Outgoing
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


SPELLINGS = ("victim+b@third.example", '"victim"@third.example', "VICTIM@THIRD.EXAMPLE", "vic.tim@third.example",
             r'"vic\tim"@third.example', "victim@third.example.", "victim+@third.example")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_of_an_address_gets_no_second_receipt(desk: Desk, spelling: str) -> None:
    desk.take(b"From: victim+a@third.example\r\nSubject: one\r\n\r\none")
    desk.take(f"From: {spelling}\r\nSubject: two\r\n\r\ntwo".encode())
    assert [one.outcome for one in desk.work()] == ["opened", "opened"]
    assert len([mail for mail in desk.outgoing() if mail.kind == "receipt"]) == 1


def test_another_person_of_the_same_house_still_gets_a_receipt(desk: Desk) -> None:
    desk.mail_in(sender="anna@third.example", subject="one")
    desk.mail_in(sender="anne@third.example", subject="two")
    assert len(desk.outgoing()) == 2


def test_asking_for_a_link_again_and_again_writes_few_mails(desk: Desk) -> None:
    for spelling in ("agent@example.org", "<agent@example.org>", " AGENT@example.org", "agent@example.org>") * 5:
        forgetting.forget(spelling, now=desk.later(minutes=1))
    assert Outgoing.objects.filter(kind="password").count() <= 3


def test_asking_in_vain_leaves_the_last_link_alive(desk: Desk) -> None:
    for _ in range(9):
        forgetting.forget("agent@example.org", now=desk.later(minutes=1))
    assert OneTimeLink.objects.filter(used_at=None, expires_at__gt=desk.now).count() == 1
