"""The queue as an agent sees it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from firstline.flows import assigning, editing, resolving
from tests.support.web_desk import WebDesk


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<a class="q[^"]*" href="/tickets/(\d+)"', page)]


def test_the_first_page_is_the_agents_queue(desk: WebDesk) -> None:
    number = desk.ticket(subject="Scanner gates reject every badge")
    page = desk.client("lead").get("/?tab=open")
    assert f'href="/tickets/{number}"' in page.content.decode()


def test_a_tab_says_how_many_tickets_it_holds(desk: WebDesk) -> None:
    desk.ticket(owner="lead")
    assert "Mine <b>1</b>" in desk.client("lead").get("/?tab=mine").content.decode()


@pytest.mark.parametrize("many", [1, 60])
def test_a_page_takes_six_queries_however_many_tickets_there_are(
        desk: WebDesk, many: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(many):
        desk.ticket()
    browser = desk.client("lead")
    browser.get("/?tab=open")
    with django_assert_max_num_queries(6):
        assert browser.get("/?tab=open").status_code == 200


def test_the_next_page_begins_where_the_last_one_ended(desk: WebDesk) -> None:
    numbers = {desk.ticket() for _ in range(53)}
    browser = desk.client("lead")
    first = browser.get("/?tab=open").content.decode()
    [more] = re.findall(r'href="(/\?[^"]*after=[^"]*)"', first)
    shown = listed(first) + listed(browser.get(more.replace("&amp;", "&")).content.decode())
    assert len(shown) == len(set(shown)) == len(numbers)


def test_fifty_rows_stay_under_sixty_kilobytes(desk: WebDesk) -> None:
    for _ in range(50):
        desk.ticket(subject="A subject of the usual length for a ticket")
    assert len(desk.client("lead").get("/?tab=open").content) < 60_000


def test_a_technician_sees_his_centre_and_no_other(desk: WebDesk) -> None:
    near, far = desk.ticket(team=desk.near), desk.ticket(team=desk.far)
    page = desk.client("technician").get("/?tab=open").content.decode()
    assert f"/tickets/{near}" in page
    assert f"/tickets/{far}" not in page


def test_a_secret_ticket_is_neither_listed_nor_counted(desk: WebDesk) -> None:
    desk.ticket(secret=True)
    page = desk.client("front-line").get("/?tab=open").content.decode()
    assert "All open <b>0</b>" in page


def test_solved_tickets_stand_newest_first(desk: WebDesk) -> None:
    numbers = [desk.ticket(), desk.ticket()]
    for minutes, number in enumerate(numbers):
        resolving.solve(number, by=desk.agents["lead"], now=desk.now + timedelta(minutes=minutes), answer="told")
    assert listed(desk.client("lead").get("/?tab=solved").content.decode()) == numbers[::-1]


@pytest.mark.parametrize("address", ["/?tab=nobody", "/?after=x", "/?after=1.2.3", "/?team=1'", "/?order=__all",
                                     "/?kind=\x00", "/?status=lost",
                                     "/?after=99999999999999999999999999.1&tab=solved"])
def test_an_address_that_no_list_has_is_a_sentence(desk: WebDesk, address: str) -> None:
    assert desk.client("lead").get(address).status_code == 400


def test_who_takes_a_ticket_finds_it_under_mine(desk: WebDesk) -> None:
    number = desk.ticket()
    assigning.claim(number, by=desk.agents["front-line"], now=desk.now)
    assert f"/tickets/{number}" in desk.client("front-line").get("/?tab=mine").content.decode()


def test_the_queue_speaks_the_language_of_its_reader_and_forgets_it(desk: WebDesk) -> None:
    browser = desk.client("lead")
    browser.post("/me/language", {"language": "hu"})
    assert browser.get("/").headers["Content-Language"] == "hu"
    assert desk.client("lead").get("/").headers["Content-Language"] == "en"


def test_a_filter_narrows_the_list_and_its_count(desk: WebDesk) -> None:
    near, _far = desk.ticket(team=desk.near), desk.ticket(team=desk.far)
    page = desk.client("lead").get(f"/?tab=open&team={desk.near}").content.decode()
    assert (listed(page), "All open <b>1</b>" in page) == ([near], True)


def test_a_filter_stays_in_the_links_of_the_tabs(desk: WebDesk) -> None:
    page = desk.client("lead").get("/?tab=open&kind=fault&order=oldest").content.decode()
    assert 'href="/?tab=waiting&amp;order=oldest&amp;kind=fault"' in page


def test_a_chip_takes_its_own_filter_away_and_no_other(desk: WebDesk) -> None:
    page = desk.client("lead").get("/?tab=open&kind=fault&status=new").content.decode()
    [chip] = re.findall(r'<a class="chip[^"]*" href="([^"]*)"[^>]*><span class="off">[^<]*</span>Kind: ', page)
    assert chip == "/?tab=open&amp;status=new"


def test_a_list_is_narrowed_by_a_tag_of_any_alphabet(desk: WebDesk) -> None:
    number, _other = desk.ticket(), desk.ticket()
    editing.edit(number, by=desk.agents["lead"], now=desk.now, add_tags=["Шеврон"])
    assert listed(desk.client("lead").get("/?tab=open&tag=Шеврон").content.decode()) == [number]


def test_a_list_is_narrowed_by_who_works_on_it(desk: WebDesk) -> None:
    number, _other = desk.ticket(owner="lead"), desk.ticket()
    page = desk.client("lead").get(f"/?tab=open&assignee={desk.agents['lead'].id}").content.decode()
    assert listed(page) == [number]


def test_a_narrowed_list_takes_six_queries_too(
        desk: WebDesk, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    browser = desk.client("lead")
    with django_assert_max_num_queries(6):
        assert browser.get("/?tab=open&kind=fault&tag=x").status_code == 200
