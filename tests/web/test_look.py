"""Pages in a real browser: accessible by axe, never wider than the screen (PROMISES P02 and section 3)."""

from __future__ import annotations

from typing import Any

import pytest

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = ("/?tab=open", "/?tab=open&kind=fault&tag=x", "ticket", "long", "/mail", "/people", "person",
         "/tickets/new?who=kov", "/search?q=printer", "/about", "/nothing")
FORMS = {"/?tab=open&kind=fault": ".filter > summary", "ticket": "summary:text-is('Change')",
         "person": "summary:text-is('Change')"}
SCREENS = [(1366, "light"), (1366, "dark"), (320, "light"), (320, "dark")]


@pytest.fixture
def signed_in(live_server: Any, transactional_db: None, chromium: Any) -> Any:
    from tests.support.web_desk import make_web_desk

    desk = make_web_desk()
    number = desk.ticket(subject="Printer prints one empty page before each letter of the whole department")
    known = {"ticket": f"/tickets/{number}", "person": f"/people/{desk.customer}", "long": f"/tickets/{long(desk)}"}
    session = desk.client("administrator").cookies["sessionid"].value
    chromium.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return chromium, live_server.url, known


def long(desk: Any) -> int:
    """The ticket of somebody whose address is longer than a telephone is wide."""
    from firstline.accounts.principal import OPERATOR
    from firstline.flows import opening, people_changing

    email = f"{'bartholomew' * 5}@customer.example"
    person = people_changing.create_person(by=OPERATOR, now=desk.now, name="B" * 60, email=email)
    return opening.open_ticket(by=OPERATOR, now=desk.now, subject="S" * 90, text="T" * 400, requester=person)


def violations(browser: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in Axe().run(browser, options=RULES).response["violations"]]


@pytest.mark.servers
@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_pages_are_accessible_and_fit(signed_in: Any, width: int, scheme: str) -> None:
    browser, url, known = signed_in
    browser.set_viewport_size({"width": width, "height": 768})
    browser.emulate_media(color_scheme=scheme)
    for page in PAGES:
        browser.goto(url + known.get(page, page))
        assert violations(browser) == [], page
        assert browser.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page


@pytest.mark.servers
@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_opened_forms_are_accessible_and_fit(signed_in: Any, width: int, scheme: str) -> None:
    browser, url, known = signed_in
    browser.set_viewport_size({"width": width, "height": 768})
    browser.emulate_media(color_scheme=scheme)
    for page, word in FORMS.items():
        browser.goto(url + known.get(page, page))
        browser.click(word)
        assert violations(browser) == [], page
        assert browser.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page


@pytest.mark.servers
def test_the_bar_at_the_foot_covers_nothing_at_the_end_of_a_page(signed_in: Any) -> None:
    browser, url, known = signed_in
    browser.set_viewport_size({"width": 390, "height": 768})
    for page in (*PAGES, "/tickets/new"):
        browser.goto(url + known.get(page, page))
        browser.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        assert browser.evaluate(
            "document.querySelector('#main').lastElementChild.getBoundingClientRect().bottom"
            " - document.querySelector('.foot').getBoundingClientRect().top") <= 0, page


@pytest.mark.servers
def test_twenty_rows_fit_on_a_laptop(signed_in: Any) -> None:
    browser, url, _ = signed_in
    browser.goto(url + "/?tab=open")
    row = browser.evaluate("document.querySelector('.q').getBoundingClientRect().height")
    top = browser.evaluate("document.querySelector('.rows').getBoundingClientRect().top")
    assert (768 - top) // row >= 20


@pytest.mark.servers
def test_a_note_is_written_without_a_script(signed_in: Any) -> None:
    browser, url, known = signed_in
    browser.goto(url + known["ticket"])
    browser.click("label[for=sheet-note]")
    browser.fill("textarea[name=note]", "Shelf C4")
    browser.click("text=Keep note inside")
    assert browser.locator("article.note").inner_text().endswith("Shelf C4")


@pytest.mark.servers
def test_an_answer_is_sent_and_taken_back(signed_in: Any) -> None:
    browser, url, known = signed_in
    browser.goto(url + known["ticket"])
    browser.fill("textarea[name=text]", "Too early")
    browser.click(".pad--reply .btn--do")
    browser.click("text=Undo")
    assert browser.input_value("textarea[name=text]") == "Too early"
