"""Searching at the terminal."""

import json
from datetime import UTC, datetime

import pytest

from firstline.accounts.principal import SYSTEM
from firstline.cli.main import main
from firstline.flows.opening import open_ticket
from firstline.flows.people_changing import create_person
from firstline.flows.setting_up import set_up

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def number() -> int:
    set_up(admin_email="anna@example.org", name="Anna", language="en", now=NOW)
    person = create_person(by=SYSTEM, now=NOW, name="Paula Printer", email="paula@example.org", language="en")
    return open_ticket(by=SYSTEM, now=NOW, subject="The printer is on fire", text="Smoke comes out.",
                       requester=person, language="en")


def _found(capsys, *argv: str) -> list[tuple[str, int | None]]:
    assert main(["search", *argv, "--json"]) == 0
    return [(row["kind"], row["number"]) for row in json.loads(capsys.readouterr().out)]


def test_tickets_come_before_people(number, capsys) -> None:
    assert _found(capsys, "printer") == [("ticket", number), ("person", None)]


def test_one_kind_can_be_asked_for(number, capsys) -> None:
    assert _found(capsys, "printer", "--kind", "person") == [("person", None)]


def test_one_language_can_be_asked_for(number, capsys) -> None:
    assert _found(capsys, "printer", "--language", "hu") == []


def test_a_limit_that_makes_no_sense_is_wrong_use(number) -> None:
    assert main(["search", "x", "--limit", "0"]) == 64


def test_nothing_is_said_so(number, capsys) -> None:
    assert main(["search", "zebra"]) == 0
    assert "Nothing was found" in capsys.readouterr().out
