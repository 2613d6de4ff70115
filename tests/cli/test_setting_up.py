"""A desk is set up by script."""

import json

import pytest

from firstline.cli.main import main
from firstline.routing.queries import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(capsys):
    assert main(["setup", "--admin", "anna@example.org", "--name", "Anna", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def password(tmp_path) -> str:
    path = tmp_path / "password"
    path.write_text("a long enough sentence\n", encoding="utf-8")
    return str(path)


def _json(capsys, *argv: str):
    code = main([*argv, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out or told.err)


def test_setup_prints_a_link(desk) -> None:
    assert "/welcome/" in desk["url"]


def test_an_agent_with_a_password_is_added(desk, capsys, password) -> None:
    code, told = _json(capsys, "agent", "add", "bo@example.org", "--role", "front-line", "--team", "network:3",
                       "--password-file", password)
    assert (code, told["url"]) == (0, None)


def test_an_agent_without_a_password_gets_a_link(desk, capsys) -> None:
    code, told = _json(capsys, "agent", "add", "bo@example.org", "--role", "lead", "--team", "front-line", "--lead")
    assert code == 0 and "/welcome/" in told["url"]


def test_a_team_is_named_by_centre_and_level(desk, capsys, password) -> None:
    from firstline.routing.queries import principal_of

    _, told = _json(capsys, "agent", "add", "bo@example.org", "--role", "technician", "--team", "network:3")
    wanted = next(t.id for t in teams() if (t.centre_key, t.level) == ("network", 3))
    found = principal_of(told["agent"])
    assert found and found.teams == {wanted}


@pytest.mark.parametrize(("argv", "code"), [
    (["agent", "add", "bo@example.org"], 64),
    (["agent", "add", "bo@example.org", "--role", "king"], 66),
    (["agent", "add", "anna@example.org", "--role", "lead"], 65),
    (["agent", "add", "not an address", "--role", "lead"], 65),
    (["agent", "add", "bo@example.org", "--role", "lead", "--team", "nowhere"], 65),
    (["agent", "add", "bo@example.org", "--role", "lead", "--password-file", "/nonexistent"], 66),
    (["agent", "deactivate", "nobody@example.org"], 66),
    (["agent", "deactivate", "anna@example.org"], 65),
    (["agent", "list", "--as", "nobody@example.org"], 65),
    (["mailbox", "add", "help@example.org", "--imap", "ftp://example.org"], 65),
    (["mailbox", "test", "nothing@example.org"], 66),
    (["mailbox", "test"], 64),
    (["setup"], 64),
])
def test_what_cannot_be_done_has_its_exit_code(desk, capsys, argv, code) -> None:
    found, told = _json(capsys, *argv)
    assert found == code and told["error"]["sentence"]


def test_a_weak_password_is_refused(desk, capsys, tmp_path) -> None:
    weak = tmp_path / "weak"
    weak.write_text("password\n", encoding="utf-8")
    code, told = _json(capsys, "agent", "add", "bo@example.org", "--role", "lead", "--password-file", str(weak))
    assert code == 65 and "password" in told["error"]["sentence"]


def test_another_agents_rights_are_his_own(desk, capsys, password) -> None:
    main(["agent", "add", "bo@example.org", "--role", "front-line", "--password-file", password])
    capsys.readouterr()
    code, told = _json(capsys, "agent", "list", "--as", "bo@example.org")
    assert (code, told["error"]["status"]) == (65, 403)


def test_a_leaver_is_listed_as_one(desk, capsys) -> None:
    main(["agent", "add", "bo@example.org", "--role", "lead"])
    main(["agent", "deactivate", "bo@example.org"])
    capsys.readouterr()
    _, told = _json(capsys, "agent", "list")
    assert {row["email"]: row["active"] for row in told} == {"anna@example.org": True, "bo@example.org": False}


def test_a_mailbox_is_added_and_listed_without_its_secret(desk, capsys, password) -> None:
    imap = "imap://desk@127.0.0.1:1/INBOX"
    main(["mailbox", "add", "help@example.org", "--imap", imap, "--password-file", password])
    capsys.readouterr()
    assert main(["mailbox", "list", "--json"]) == 0
    told = capsys.readouterr().out
    assert "help@example.org" in told and "long enough" not in told


def test_the_database_fits_this_version(capsys) -> None:
    assert main(["migrate", "--check"]) == 0
