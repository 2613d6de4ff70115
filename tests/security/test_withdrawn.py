"""What an agent took back is read by nobody else, by no other way either (S05)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from firstline.flows import replying, uploads
from firstline.tickets.models import Attachment
from firstline.tickets.searching import search_tickets
from tests.support.web_desk import WebDesk


@pytest.fixture
def withdrawn(desk: WebDesk) -> Attachment:
    number, now = desk.ticket(), timezone.now()
    said = replying.reply(number, by=desk.agents["lead"], now=now, text="CANARYWORD is here",
                          files=[uploads.Upload("a.txt", "text/plain", b"CANARY")])
    replying.withdraw(number, said.seq, by=desk.agents["lead"], now=now)
    return Attachment.objects.get(name="a.txt")


def test_a_withdrawn_file_is_not_downloaded_by_others(desk: WebDesk, withdrawn: Attachment) -> None:
    assert desk.client("front-line").get(f"/attachments/{withdrawn.pk}").status_code == 404


def test_its_author_still_has_it(desk: WebDesk, withdrawn: Attachment) -> None:
    assert desk.client("lead").get(f"/attachments/{withdrawn.pk}").status_code == 200


def found(desk: WebDesk, word: str) -> bool:
    return bool(search_tickets(word, principal=desk.agents["front-line"])[0])


def test_a_withdrawn_answer_is_not_found_by_searching(desk: WebDesk, withdrawn: Attachment) -> None:
    replying.note(desk.ticket(), by=desk.agents["lead"], now=timezone.now(), text="Otherword stands")
    assert (found(desk, "canaryword"), found(desk, "otherword")) == (False, True)
