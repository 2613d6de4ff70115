"""Attacks by sheer size on the pages: a small letter or request must not become a huge answer (S01, S09, M08)."""

from __future__ import annotations

import pytest

from firstline.files import store
from firstline.tickets.models import Attachment, Body, Entry
from tests.support.web_desk import WebDesk

HUGE = 10**29


def test_one_picture_named_a_thousand_times_does_not_fill_the_memory(desk: WebDesk) -> None:
    entry = Entry.objects.get(ticket=desk.ticket(), kind="message")
    Body.objects.filter(entry=entry).update(html='<img data-cid="a">' * 1000)
    blob = store.put(b"x" * 1_000_000, now=desk.now)
    Attachment.objects.create(entry=entry, blob_id=blob, name="a.png", type="image/png", size=1_000_000,
                              content_id="a", inline=True)
    answer = desk.client("lead").get(f"/entries/{entry.pk}/frame")
    assert b"data:image/png;base64," in answer.content
    assert len(answer.content) < 50_000_000


@pytest.mark.parametrize("where", ["/tickets/{}", "/attachments/{}", "/entries/{}/look", "/people/{}",
                                   "/mail/{}/raw"])
def test_a_number_beyond_all_numbers_is_not_found(desk: WebDesk, where: str) -> None:
    assert desk.client("lead").get(where.format(HUGE)).status_code == 404


@pytest.mark.parametrize("key", [f"{HUGE}.1", f"1.{HUGE}"])
def test_a_page_beyond_all_pages_is_refused(desk: WebDesk, key: str) -> None:
    assert desk.client("lead").get(f"/?after={key}").status_code == 400


@pytest.mark.parametrize("field", ["person", "priority", "team", "category"])
def test_a_new_ticket_with_an_unknown_reference_is_refused(desk: WebDesk, field: str) -> None:
    answer = desk.client("lead").post("/tickets/new", {"subject": "x", field: "99999"})
    assert answer.status_code == 400


def test_a_stranger_cannot_send_a_large_body(desk: WebDesk) -> None:
    answer = desk.client("").post("/sign-in", {"login": "x" * 200_000, "password": "x"})
    assert answer.status_code == 413
