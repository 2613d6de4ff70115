"""The demo desk."""

import smtplib
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import SYSTEM
from firstline.cli import demo, demo_letters, demo_loading
from firstline.cli.demo_cases import companies, note, problem, reason
from firstline.cli.demo_letters import Draft
from firstline.cli.demo_story import desk_after
from firstline.cli.terminal import Refusal
from firstline.core.config import LANGUAGES
from firstline.flows.setting_up import set_up
from firstline.insight.check import prove
from firstline.intake.letters_page import letters_page
from firstline.routing.default_categories import CATEGORIES
from firstline.tickets.rules.states import TicketKind

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_there_are_forty_people_of_six_languages() -> None:
    assert sum(len(company.people) for company in companies()) == 40
    assert {company.language for company in companies()} == set(LANGUAGES)


def test_every_problem_is_of_a_kind_and_category_that_there_is() -> None:
    kinds, keys = {kind.value for kind in TicketKind}, {category.key for category in CATEGORIES}
    for number in range(demo_loading.TICKETS):
        asked = problem(number)
        assert asked.kind in kinds and asked.category in keys


def test_every_gap_in_a_text_is_filled() -> None:
    for number in range(demo_loading.TICKETS):
        asked = problem(number)
        assert "{" not in asked.subject + asked.text + asked.answer


def test_no_two_tickets_have_the_same_subject_or_text() -> None:
    asked = [problem(number) for number in range(demo_loading.TICKETS)]
    assert len({one.subject for one in asked}) == len({one.text for one in asked}) == demo_loading.TICKETS


def test_every_category_has_a_reason_and_a_note() -> None:
    assert all(reason(category.key, 1) and note(category.key, 2) for category in CATEGORIES)


def test_every_ticket_entered_in_office_hours_of_the_past() -> None:
    moments = [demo_loading._moment(number, now=NOW) for number in range(demo_loading.TICKETS)]
    assert all(moment < NOW and moment.weekday() < 5 and 7 <= moment.hour < 15 for moment in moments)


@pytest.mark.django_db
def test_a_demo_desk_lives(tmp_path) -> None:
    done: list[int] = []
    demo_loading.load_staff(password="amber birch candle", language="en", now=NOW)
    people = demo_loading.load_people(now=NOW)
    demo_loading.load_tickets(people, now=NOW, begin=83, post=tmp_path / "post", done=done.append)
    assert done[-1] == demo_loading.TICKETS
    assert not prove(now=NOW).breaches
    page = letters_page(principal=SYSTEM, limit=100)
    assert {letter.verdict for letter in page.recent} >= {"accept", "list", "bounce", "absence"}
    assert {letter.reason for letter in page.waiting} >= {"token-from-a-stranger"} and len(page.waiting) == 3
    assert list((tmp_path / "post").glob("*.eml"))


@pytest.mark.parametrize("width", [3, 5])
def test_the_next_desk_minute_after_an_evening_is_a_morning(width: int) -> None:
    friday = datetime(2026, 11, 20, 14, 59, tzinfo=UTC)
    assert desk_after(friday, width) == datetime(2026, 11, 23, 7, 1 + width, tzinfo=UTC)


def test_a_long_message_id_stays_whole_in_an_answer() -> None:
    identifier = f"fl.1.{'a' * 12}.{'b' * 64}@dunatherm.example"
    raw = demo_letters.plain(Draft(("Ann", "ann@uk.dunatherm.example"), "Re", "x", NOW, answers=[identifier]))
    assert f"In-Reply-To: <{identifier}>".encode() in raw


@pytest.mark.django_db
def test_loading_people_twice_adds_nobody() -> None:
    demo_loading.load_staff(password="amber birch candle", language="hu", now=NOW)
    first = demo_loading.load_people(now=NOW)
    demo_loading.load_staff(password="amber birch candle", language="hu", now=NOW)
    assert demo_loading.load_people(now=NOW) == first


@pytest.mark.django_db
def test_a_desk_that_is_no_demo_is_left_alone(tmp_path) -> None:
    set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    with pytest.raises(Refusal, match="holds a desk already"):
        demo._state(tmp_path / "demo.json")


@pytest.mark.django_db
def test_a_demo_that_was_cut_short_goes_on_with_its_password(tmp_path) -> None:
    state = demo._state(tmp_path / "demo.json")
    demo._keep(tmp_path / "demo.json", {**state, "tickets": 7})
    set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    assert demo._state(tmp_path / "demo.json") == {**state, "tickets": 7}


def test_the_post_office_keeps_a_mail_and_ends_with_its_master(tmp_path) -> None:
    from tests.support.waiting import free_port

    port = free_port()
    command = [sys.executable, "-m", "firstline.cli.demo_post", str(tmp_path), str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as office:
        _send(port)
        office.communicate(timeout=10)
    assert office.returncode == 0 and len(list(tmp_path.glob("*.eml"))) == 1


def _send(port: int) -> None:
    for _ in range(100):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                client.sendmail("a@desk.example", ["b@desk.example"], "Subject: x\r\n\r\nx")
                return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the post office did not open")
