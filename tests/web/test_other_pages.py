"""Letters, people, search, the way in, and the page of health."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from firstline.flows import agents, people_changing, taking_in
from firstline.intake.models import Letter
from tests.support.web_desk import WORD, WebDesk


def held(desk: WebDesk, *, reason: str = "number-from-a-stranger") -> int:
    number = taking_in.take_in(taking_in.Arrived(b"From: x@y.example\n\nx", "pipe"), now=desk.now).letter
    Letter.objects.filter(pk=number).update(state="quarantined", outcome="quarantined", reason=reason,
                                            subject="Re: [#1]", sender="x@y.example")
    return number


def test_a_held_letter_says_why_in_a_sentence(desk: WebDesk) -> None:
    held(desk)
    page = desk.client("lead").get("/mail").content.decode()
    assert "names the ticket&#39;s number, but the sender takes no part" in page


def test_a_held_letter_is_put_aside_with_a_reason(desk: WebDesk) -> None:
    number = held(desk)
    desk.client("lead").post(f"/mail/{number}/drop", {"reason": "advertising"})
    assert Letter.objects.get(pk=number).outcome == "dropped"


def test_a_decision_comes_too_late_after_a_colleagues(desk: WebDesk) -> None:
    number = held(desk)
    desk.client("lead").post(f"/mail/{number}/drop", {"reason": ""})
    assert desk.client("administrator").post(f"/mail/{number}/let-in").status_code == 409


def test_a_raw_letter_is_downloaded_and_never_opened(desk: WebDesk) -> None:
    answer = desk.client("lead").get(f"/mail/{held(desk)}/raw")
    assert answer.content.startswith(b"From: x@y.example")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_people_are_listed_and_found(desk: WebDesk) -> None:
    assert "Kovács Eszter" in desk.client("lead").get("/people?q=kov").content.decode()


def test_two_persons_are_merged_and_parted(desk: WebDesk) -> None:
    lead = desk.client("lead")
    lead.post("/tickets/new", {"subject": "x", "name": "E. Kovacs"})
    other = desk.customer + 1
    lead.post(f"/people/{other}/merge", {"into": desk.customer})
    assert lead.get(f"/people/{other}").headers["Location"] == f"/people/{desk.customer}"
    lead.post(f"/people/{desk.customer}/part", {"person": other})
    assert "E. Kovacs" in lead.get(f"/people/{other}").content.decode()


def test_search_finds_a_word_of_a_ticket(desk: WebDesk) -> None:
    number = desk.ticket(subject="Forklift terminal", text="It forgets the picking list")
    assert f"/tickets/{number}" in desk.client("lead").get("/search?q=picking").content.decode()


def test_search_keeps_a_secret_ticket_from_who_may_not_see_it(desk: WebDesk) -> None:
    desk.ticket(text="xylophone", secret=True)
    assert "Nothing was found." in desk.client("front-line").get("/search?q=xylophone").content.decode()


def test_a_one_time_link_sets_a_password_once(desk: WebDesk) -> None:
    link = agents.make_link(desk.agents["keeper"].id or 0, by=desk.agents["administrator"], now=desk.now)
    stranger = desk.client("")
    form = {"password": WORD, "again": WORD}
    assert stranger.post(f"/welcome/{link.secret}", form).headers["Location"] == "/sign-in"
    assert stranger.post(f"/welcome/{link.secret}", form).status_code == 404


def test_an_agent_signs_in_with_the_password(desk: WebDesk) -> None:
    link = agents.make_link(desk.agents["keeper"].id or 0, by=desk.agents["administrator"], now=desk.now)
    agents.set_password(link.secret, WORD, now=desk.now)
    answer = desk.client("").post("/sign-in", {"login": "keeper@example.org", "password": WORD})
    assert answer.headers["Location"] == "/"


def test_the_page_of_health_is_json(desk: WebDesk) -> None:
    assert desk.client("").get("/healthz").json()["database"] == "ok"


def test_a_person_is_shown_with_number_and_the_name_of_the_language(desk: WebDesk) -> None:
    people_changing.edit_person(desk.customer, by=desk.agents["lead"], now=desk.now, language="nb",
                                employee_number="E-1007")
    page = desk.client("lead").get(f"/people/{desk.customer}").content.decode()
    assert "Norsk bokmål</dd>" in page
    assert "E-1007</dd>" in page


def test_a_language_that_the_desk_does_not_speak_is_not_lost_by_a_change(desk: WebDesk) -> None:
    people_changing.edit_person(desk.customer, by=desk.agents["lead"], now=desk.now, language="de")
    page = desk.client("lead").get(f"/people/{desk.customer}").content.decode()
    assert '<option value="de" selected>Deutsch</option>' in page


def test_a_person_has_the_tickets_of_all_who_are_the_same(desk: WebDesk) -> None:
    lead = desk.client("lead")
    lead.post("/tickets/new", {"subject": "Asked by the other", "name": "E. Kovacs"})
    lead.post(f"/people/{desk.customer + 1}/merge", {"into": f"#{desk.customer}"})
    page = lead.get(f"/people/{desk.customer}").content.decode()
    assert ("Asked by the other" in page, "Part again" in page) == (True, True)


def test_a_stranger_learns_the_licence_and_gets_the_source(desk: WebDesk) -> None:
    stranger = desk.client("")
    assert "AGPL-3.0-or-later" in stranger.get("/about").content.decode()
    names = ZipFile(BytesIO(stranger.get("/about/source").content)).namelist()
    assert "firstline/web/pages/about.py" in names


def test_the_source_holds_no_file_that_is_not_source(desk: WebDesk) -> None:
    names = ZipFile(BytesIO(desk.client("").get("/about/source").content)).namelist()
    assert [name for name in names if name.endswith((".pyc", ".sqlite3", ".key", ".env", ".mo"))] == []
