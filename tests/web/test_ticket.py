"""The ticket's page and what can be done on it."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from firstline.flows import opening, replying, resolving
from tests.support.web_desk import WebDesk


def text_of(desk: WebDesk, number: int, role: str = "lead") -> str:
    return desk.client(role).get(f"/tickets/{number}").content.decode()


def undoable(page: str) -> str:
    return re.findall(r'name="seq" value="(\d+)"><button class="btn">Undo', page)[0]


def thirty_messages(desk: WebDesk) -> int:
    number = desk.ticket()
    for minute in range(15):
        at = desk.now - timedelta(minutes=20 - minute)
        replying.reply(number, by=desk.agents["lead"], now=at, text=f"Answer {minute}")
        replying.note(number, by=desk.agents["front-line"], now=at, text=f"Note {minute}")
    return number


def test_thirty_messages_take_twelve_queries(desk: WebDesk,
                                             django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    number = thirty_messages(desk)
    browser = desk.client("lead")
    with django_assert_max_num_queries(12):
        assert browser.get(f"/tickets/{number}").status_code == 200


def test_thirty_messages_stay_under_eighty_kilobytes(desk: WebDesk) -> None:
    assert len(text_of(desk, thirty_messages(desk)).encode()) < 80_000


def test_the_button_names_the_address_that_an_answer_goes_to(desk: WebDesk) -> None:
    assert "Send to eszter@customer.example" in text_of(desk, desk.ticket())


def test_a_note_says_that_only_colleagues_read_it(desk: WebDesk) -> None:
    page = text_of(desk, desk.ticket())
    assert "Colleagues only" in page
    assert "Keep note inside" in page


def test_an_answer_can_be_taken_back_and_its_words_return_to_the_pad(desk: WebDesk) -> None:
    number, browser = desk.ticket(), desk.client("lead")
    page = browser.post(f"/tickets/{number}/reply", {"text": "Too early"}, follow=True)
    back = browser.post(f"/tickets/{number}/withdraw", {"seq": undoable(page.content.decode())})
    assert ">Too early</textarea>" in back.content.decode()


def test_words_taken_back_are_hidden_from_colleagues(desk: WebDesk) -> None:
    number, browser = desk.ticket(), desk.client("lead")
    page = browser.post(f"/tickets/{number}/reply", {"text": "Wrong person"}, follow=True)
    browser.post(f"/tickets/{number}/withdraw", {"seq": undoable(page.content.decode())})
    assert "Wrong person" not in text_of(desk, number, "front-line")


def test_words_are_kept_when_something_new_came_in(desk: WebDesk) -> None:
    number = desk.ticket()
    replying.reply(number, by=desk.agents["front-line"], now=desk.now, text="I was quicker")
    page = desk.client("lead").post(f"/tickets/{number}/reply", {"text": "My long answer", "seen": "2"})
    assert page.status_code == 409
    assert ">My long answer</textarea>" in page.content.decode()


def test_an_empty_answer_is_refused_with_a_sentence(desk: WebDesk) -> None:
    page = desk.client("lead").post(f"/tickets/{desk.ticket()}/reply", {"text": " "})
    assert (page.status_code, "There is nothing written yet." in page.content.decode()) == (400, True)


def test_a_technician_hands_the_ticket_over_with_a_reason(desk: WebDesk) -> None:
    number = desk.ticket(team=desk.near)
    desk.client("technician").post(f"/tickets/{number}/hand-over", {"team": desk.far, "reason": "It is the server"})
    assert "It is the server" in text_of(desk, number)


def test_a_file_goes_with_a_note(desk: WebDesk) -> None:
    number = desk.ticket()
    file = SimpleUploadedFile("trace.log", b"line", "text/plain")
    page = desk.client("lead").post(f"/tickets/{number}/note", {"note": "See", "files": file}, follow=True)
    assert "trace.log" in page.content.decode()


def test_a_merged_ticket_points_to_the_other_and_brings_its_words(desk: WebDesk) -> None:
    one, other = desk.ticket(text="First words"), desk.ticket(text="Second words")
    page = desk.client("lead").post(f"/tickets/{other}/merge", {"into": f"#{one}"}, follow=True).content.decode()
    assert "Second words" in page
    assert "This ticket is part of" in text_of(desk, other)


def test_a_part_is_split_off_with_its_words(desk: WebDesk) -> None:
    number = desk.ticket(text="Printer and telephone")
    page = desk.client("lead").post(f"/tickets/{number}/split", {"seq": "2", "subject": "Telephone"}, follow=True)
    assert "Printer and telephone" in page.content.decode()
    assert f'Split off from <a href="/tickets/{number}"' in page.content.decode()


def test_a_manager_reads_and_is_offered_no_deed(desk: WebDesk) -> None:
    page = text_of(desk, desk.ticket(), "manager")
    assert 'class="acts"' not in page
    assert 'id="write"' not in page


def test_a_new_ticket_needs_only_one_line(desk: WebDesk) -> None:
    page = desk.client("front-line").post("/tickets/new", {"subject": "No sound"}, follow=True)
    assert "Unknown caller" in page.content.decode()


def test_a_caller_is_found_by_a_part_of_the_name(desk: WebDesk) -> None:
    page = desk.client("front-line").get("/tickets/new?who=kov")
    assert f'name="person" value="{desk.customer}"' in page.content.decode()


def test_a_very_long_history_shows_its_newest_lines_first(desk: WebDesk) -> None:
    number = desk.ticket(text="The oldest words")
    for minute in range(205):
        replying.note(number, by=desk.agents["lead"], now=desk.now + timedelta(seconds=minute), text=f"Note {minute}")
    page = text_of(desk, number)
    assert "The oldest words" not in page
    assert "The oldest words" in desk.client("lead").get(f"/tickets/{number}?whole=1").content.decode()


def test_every_page_answers_in_every_language(desk: WebDesk) -> None:
    number, browser = desk.ticket(), desk.client("administrator")
    for language in ("en", "hu", "nb", "da", "uk", "bg"):
        browser.post("/me/language", {"language": language})
        for page in ("/", f"/tickets/{number}", "/mail", "/people", f"/people/{desk.customer}", "/tickets/new"):
            assert browser.get(page).headers["Content-Language"] == language


def test_somebody_is_proposed_by_the_address_and_accepted(desk: WebDesk) -> None:
    number, browser = desk.ticket(), desk.client("lead")
    browser.post(f"/tickets/{number}/propose", {"email": "vilmos@customer.example"})
    page = browser.get(f"/tickets/{number}").content.decode()
    [person] = re.findall(r'/accept">.*?name="person" value="(\d+)"', page)
    browser.post(f"/tickets/{number}/accept", {"person": person})
    assert "takes part" in text_of(desk, number)


def test_a_language_is_shown_by_its_name(desk: WebDesk) -> None:
    number = opening.open_ticket(by=desk.agents["lead"], now=desk.now, subject="Skriver", text="x",
                                 requester=desk.customer, language="nb")
    assert '<dd lang="nb">Norsk bokmål</dd>' in text_of(desk, number)


def test_solved_is_a_tick_in_the_history_and_no_pause(desk: WebDesk) -> None:
    number = desk.ticket()
    resolving.solve(number, by=desk.agents["lead"], now=desk.now, answer="told")
    [line] = re.findall(r'<use href="[^"]*#(\w+)"/></svg><span>Solved', text_of(desk, number))
    assert line == "check"
