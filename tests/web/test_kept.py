"""What an agent wrote is shown again when it could not be taken."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from firstline.flows import assigning, handing_over, merging, replying
from tests.support.web_desk import WebDesk

SENT = {
    "note": ({"note": "Long note"}, ">Long note</textarea>"),
    "reply": ({"text": "Long answer", "cc": "a@b.example"}, ">Long answer</textarea>"),
    "forward": ({"to": "a@b.example", "words": "Long words"}, ">Long words</textarea>"),
    "hand-over": ({"team": "999999", "reason": "Long reason"}, 'value="Long reason"'),
    "wait": ({"status": "waiting-date", "reason": "Long reason"}, 'value="Long reason"'),
    "link": ({"other": "987654x"}, 'value="987654x"'),
    "merge": ({"into": "not yet"}, 'value="not yet"'),
    "split": ({"subject": "Second fault"}, 'value="Second fault"'),
}


@pytest.mark.parametrize("deed", ["forward", "hand-over", "wait", "link", "merge", "split"])
def test_a_refused_form_opens_again_with_its_words(desk: WebDesk, deed: str) -> None:
    form, words = SENT[deed]
    page = desk.client("lead").post(f"/tickets/{desk.ticket()}/{deed}", form).content.decode()
    assert (words in page, 'name="act" open' in page) == (True, True)


@pytest.mark.parametrize("deed", SENT)
def test_a_lost_ticket_does_not_take_the_words_with_it(desk: WebDesk, deed: str) -> None:
    form, _ = SENT[deed]
    page = desk.client("lead").post(f"/tickets/999999/{deed}", {**form, "text": "Long words"})
    assert (page.status_code, "Long words" in page.content.decode()) == (404, True)


def test_the_sentence_stands_above_the_pad_with_the_words(desk: WebDesk) -> None:
    number = desk.ticket()
    replying.reply(number, by=desk.agents["front-line"], now=desk.now, text="I was quicker")
    page = desk.client("lead").post(f"/tickets/{number}/reply", {"text": "Mine", "seen": "2"}).content.decode()
    pad = page[page.index('id="write"'):]
    assert pad.index("Something new came in") < pad.index(">Mine</textarea>")


def test_what_was_chosen_after_the_answer_is_kept_too(desk: WebDesk) -> None:
    form = {"text": " ", "then": "solved", "cc": "boss@customer.example"}
    page = desk.client("lead").post(f"/tickets/{desk.ticket()}/reply", form).content.decode()
    assert '<option value="solved" selected>' in page
    assert 'value="boss@customer.example"' in page


def test_files_must_be_chosen_again_and_it_says_so(desk: WebDesk) -> None:
    form = {"note": " ", "files": SimpleUploadedFile("trace.log", b"line", "text/plain")}
    page = desk.client("lead").post(f"/tickets/{desk.ticket()}/note", form).content.decode()
    assert "Choose the files again" in page


def test_words_for_a_ticket_that_left_the_agents_reach_are_shown(desk: WebDesk) -> None:
    number = desk.ticket(team=desk.near)
    handing_over.hand_over(number, by=desk.agents["lead"], now=desk.now, team=desk.far, reason="server")
    assigning.assign(number, by=desk.agents["lead"], now=desk.now, agent=desk.agents["lead"].id)
    page = desk.client("technician").post(f"/tickets/{number}/reply", {"text": "Long answer"})
    assert (page.status_code, ">Long answer</textarea>" in page.content.decode()) == (404, True)


def test_an_answer_to_a_ticket_merged_meanwhile_is_not_lost(desk: WebDesk) -> None:
    number, other = desk.ticket(), desk.ticket()
    merging.merge(number, by=desk.agents["lead"], now=desk.now, into=other)
    page = desk.client("lead").post(f"/tickets/{number}/reply", {"text": "Long answer"}).content.decode()
    assert ">Long answer</textarea>" in page


def test_a_new_ticket_that_is_refused_keeps_everything(desk: WebDesk) -> None:
    form = {"subject": "No sound", "text": "Since Monday", "name": "Ivo", "email": "no address"}
    page = desk.client("front-line").post("/tickets/new", form).content.decode()
    assert [word for word in form.values() if word not in page] == []


def test_a_person_cannot_be_chosen_and_made_at_once(desk: WebDesk) -> None:
    form = {"subject": "No sound", "person": desk.customer, "name": "Somebody Else"}
    page = desk.client("front-line").post("/tickets/new", form)
    assert (page.status_code, 'value="Somebody Else"' in page.content.decode()) == (400, True)


def test_a_form_of_a_person_keeps_what_was_typed(desk: WebDesk) -> None:
    page = desk.client("lead").post(f"/people/{desk.customer}/merge", {"into": "Nobody Atall"})
    assert re.search(r'name="into" value="Nobody Atall"', page.content.decode())
