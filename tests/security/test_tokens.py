"""Attacks with links and sessions that should be dead, and on the door where agents sign in (S08, S13, S15, S16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from firstline.accounts.models import Agent
from firstline.core.errors import NotAllowed, NotFound
from firstline.flows import agents
from firstline.web import signing_in
from tests.support.web_desk import WORD, WebDesk


def id_of(desk: WebDesk, role: str) -> int:
    return desk.agents[role].id or 0


def test_a_link_from_before_a_change_of_role_is_dead(desk: WebDesk) -> None:
    boss = desk.agents["administrator"]
    link = agents.make_link(id_of(desk, "keeper"), by=boss, now=desk.now)
    agents.change_roles(id_of(desk, "keeper"), by=boss, now=desk.now, roles=["administrator"])
    with pytest.raises(NotFound):
        agents.open_link(link.secret, now=desk.now + timedelta(seconds=1))


def test_nobody_seats_an_agent_who_may_more_than_himself(desk: WebDesk) -> None:
    from dataclasses import replace

    from firstline.accounts.principal import Scope
    small = replace(desk.agents["technician"], permissions={"agents.change": Scope.ALL})
    with pytest.raises(NotAllowed):
        agents.change_places(id_of(desk, "lead"), by=small, now=desk.now, places=[agents.Place(desk.far)])


def give_password(desk: WebDesk, role: str) -> None:
    link = agents.make_link(id_of(desk, role), by=desk.agents["administrator"], now=desk.now)
    agents.set_password(link.secret, WORD, now=desk.now)


def sign_in(browser: Client, word: str, login: str = "lead@example.org") -> int:
    return browser.post("/sign-in", {"login": login, "password": word}).status_code


def test_one_who_left_gets_the_answer_of_a_wrong_password(desk: WebDesk) -> None:
    give_password(desk, "lead")
    Agent.objects.filter(pk=id_of(desk, "lead")).update(is_active=False)
    assert sign_in(desk.client(""), WORD) == sign_in(desk.client(""), "wrong")


def test_a_flood_of_names_does_not_wash_the_counters_away(desk: WebDesk) -> None:
    cache.set("counter", 1, 3600)
    for number in range(700):
        cache.set(f"name-{number}", 1, 3600)
    assert cache.get("counter") == 1


def test_guessing_from_elsewhere_does_not_lock_the_agent_out(desk: WebDesk) -> None:
    give_password(desk, "lead")
    for number in range(12):
        sign_in(Client(HTTP_HOST="127.0.0.1:8000", REMOTE_ADDR=f"198.51.100.{number}"), "wrong")
    home = Client(HTTP_HOST="127.0.0.1:8000", REMOTE_ADDR="192.0.2.7")
    assert sign_in(home, WORD) == 302


def test_the_browser_that_an_agent_is_used_to_stays_open_under_attack(
        desk: WebDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(signing_in._LIMITS, "agent", "3/15m/key")
    give_password(desk, "lead")
    home = Client(HTTP_HOST="127.0.0.1:8000")
    sign_in(home, WORD)
    home.cookies.pop("sessionid")
    for number in range(5):
        sign_in(Client(HTTP_HOST="127.0.0.1:8000", REMOTE_ADDR=f"198.51.100.{number}"), "wrong")
    assert sign_in(home, WORD) == 302


def test_the_mark_of_a_known_browser_gives_no_endless_tries(desk: WebDesk) -> None:
    give_password(desk, "lead")
    home = Client(HTTP_HOST="127.0.0.1:8000")
    sign_in(home, WORD)
    home.cookies.pop("sessionid")
    for _ in range(5):
        sign_in(home, "wrong")
    assert sign_in(home, WORD) != 302
