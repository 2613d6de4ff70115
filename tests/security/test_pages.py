"""Attacks on the pages, through the front door (PROMISES S01, S02, S04, S05, S11, S12, S15, S16, S19)."""

from __future__ import annotations

import pytest
from django.test import Client

from firstline.accounts.models import Agent
from firstline.accounts.principal import OPERATOR
from firstline.files import store
from firstline.flows import agents, forgetting, merging, replying
from firstline.jobs.chores import ChoreDuty
from firstline.notices.models import Outgoing
from firstline.tickets.models import Attachment, Body, Entry, Ticket
from tests.support.web_desk import WORD, WebDesk

SCRIPTS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg onload=alert(1)>",
           "javascript:alert(1)", "{{ 7*7 }}", "</title><script>alert(1)</script>"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_in_subject_and_text_is_shown_as_words(desk: WebDesk, script: str) -> None:
    number = desk.ticket(subject=script, text=script)
    for where in (f"/tickets/{number}", "/?tab=open", f"/people/{desk.customer}"):
        page = desk.client("lead").get(where).content.decode()
        assert script not in page.replace("javascript:alert(1)", "") or script in ("javascript:alert(1)", "{{ 7*7 }}")
        assert 'href="javascript' not in page


def test_every_page_forbids_inline_scripts_and_frames(desk: WebDesk) -> None:
    headers = desk.client("lead").get("/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def look(desk: WebDesk, html: str) -> int:
    number = desk.ticket()
    entry = Entry.objects.get(ticket=number, kind="message")
    Body.objects.filter(entry=entry).update(html=html)
    return entry.pk


def test_the_frame_of_a_strangers_mail_has_no_rights(desk: WebDesk) -> None:
    entry = look(desk, '<img data-remote="https://evil.example/p.gif"><b>x</b>')
    answer = desk.client("lead").get(f"/entries/{entry}/frame")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert 'src="https://evil' not in answer.content.decode()


def test_pictures_from_elsewhere_come_only_when_asked_for(desk: WebDesk) -> None:
    entry = look(desk, '<img data-remote="https://evil.example/p.gif">')
    assert 'src="https://evil.example/p.gif"' in desk.client("lead").get(f"/entries/{entry}/frame?images=1"
                                                                         ).content.decode()


@pytest.mark.parametrize(("name", "kept"), [
    ("../../etc/passwd", "passwd"), ("a\u202egpj.exe", "agpj.exe"), ('x";\r\nSet-Cookie: a=b', "x"),
    ("in\u200bvoice.svg", "invoice.svg"), ("C:\\fakepath\\run.html", "run.html")])
def test_an_attachment_is_downloaded_under_a_clean_name(desk: WebDesk, name: str, kept: str) -> None:
    number = desk.ticket()
    blob = store.put(b"<script>alert(1)</script>", now=desk.now)
    file = Attachment.objects.create(entry=Entry.objects.get(ticket=number, kind="message"), blob_id=blob,
                                     name=name, type="image/svg+xml", size=1)
    headers = desk.client("lead").get(f"/attachments/{file.pk}").headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith(f'attachment; filename="{kept}')
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_forbidden_ticket_and_a_missing_one_look_the_same(desk: WebDesk) -> None:
    hidden = desk.ticket(team=desk.far, secret=True)
    browser = desk.client("technician")
    one, other = browser.get(f"/tickets/{hidden}"), browser.get("/tickets/99999")
    assert one.status_code == other.status_code == 404
    assert len(one.content) == len(other.content)


def test_an_internal_note_is_not_in_a_mail_that_quotes_or_forwards(desk: WebDesk) -> None:
    number, lead = desk.ticket(), desk.agents["lead"]
    replying.note(number, by=lead, now=desk.now, text="CANARY")
    replying.reply(number, by=lead, now=desk.now, text="All is well")
    raws = [store.get(mail.blob_id) for mail in Outgoing.objects.all()]
    assert raws
    assert not any(b"CANARY" in raw for raw in raws)


def test_a_merge_shows_nothing_of_a_secret_ticket(desk: WebDesk) -> None:
    secret, plain = desk.ticket(text="CANARY"), desk.ticket()
    merging.merge(secret, by=OPERATOR, now=desk.now, into=plain)
    Ticket.objects.filter(pk=secret).update(confidential=True)  # as merged before both had to be equally secret
    page = desk.client("front-line").get(f"/tickets/{plain}").content.decode()
    assert "CANARY" not in page
    assert "confidential and not shown to you" in page


@pytest.mark.parametrize("headers", [{"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "127.0.0.1@evil.example"}])
def test_a_foreign_host_is_not_served(desk: WebDesk, headers: dict[str, str]) -> None:
    assert Client(**headers).get("/sign-in").status_code == 400


def test_a_link_for_a_forgotten_password_has_only_the_desks_own_address(desk: WebDesk) -> None:
    desk.client("").post("/forgotten", {"email": "lead@example.org"}, HTTP_X_FORWARDED_HOST="evil.example")
    while ChoreDuty(worker="tests").once():
        pass
    [raw] = [store.get(mail.blob_id) for mail in Outgoing.objects.filter(kind="password")]
    assert b"http://127.0.0.1:8000/welcome/" in raw
    assert b"evil" not in raw


def test_a_forgotten_password_gets_the_same_answer_for_everybody(desk: WebDesk) -> None:
    known = desk.client("").post("/forgotten", {"email": "lead@example.org"})
    unknown = desk.client("").post("/forgotten", {"email": "nobody@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert not Outgoing.objects.exists()  # the page itself does the same for both, so that its time tells nothing


def test_links_are_limited_for_one_address(desk: WebDesk) -> None:
    answers = [desk.client("").post("/forgotten", {"email": "lead@example.org"}).status_code for _ in range(7)]
    assert 429 in answers


def sign_in(browser: Client, email: str, word: str) -> tuple[int, str]:
    answer = browser.post("/sign-in", {"login": email, "password": word})
    return answer.status_code, answer.content.decode().replace(email, "")


def test_a_wrong_password_and_an_unknown_agent_get_the_same_answer(desk: WebDesk) -> None:
    give_password(desk, "lead")
    browser = desk.client("")
    assert sign_in(browser, "lead@example.org", "wrong")[0] == sign_in(browser, "nobody@example.org", "wrong")[0]


def give_password(desk: WebDesk, role: str) -> None:
    number = desk.agents[role].id or 0
    link = agents.make_link(number, by=desk.agents["administrator"], now=desk.now)
    agents.set_password(link.secret, WORD, now=desk.now)


def test_guessing_is_stopped(desk: WebDesk) -> None:
    give_password(desk, "lead")
    browser = desk.client("")
    for _ in range(8):
        sign_in(browser, "lead@example.org", "wrong")
    assert sign_in(browser, "lead@example.org", WORD)[0] != 302


def test_a_session_ends_when_its_agent_is_deactivated(desk: WebDesk) -> None:
    browser = desk.client("front-line")
    agents.deactivate(desk.agents["front-line"].id or 0, by=desk.agents["administrator"], now=desk.now)
    assert browser.get("/").status_code == 302


def test_a_session_ends_when_the_password_changes(desk: WebDesk) -> None:
    browser = desk.client("lead")
    give_password(desk, "lead")
    assert browser.get("/").status_code == 302


def test_signing_in_gives_a_new_session(desk: WebDesk) -> None:
    give_password(desk, "lead")
    browser = desk.client("")
    browser.cookies["sessionid"] = "fixed-by-the-attacker"
    sign_in(browser, "lead@example.org", WORD)
    assert browser.cookies["sessionid"].value != "fixed-by-the-attacker"


def test_a_deed_without_the_forms_secret_is_refused(desk: WebDesk) -> None:
    browser = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    browser.force_login(Agent.objects.get(email="lead@example.org"))
    assert browser.post(f"/tickets/{desk.ticket()}/claim").status_code == 403


def test_reading_never_writes(desk: WebDesk) -> None:
    assert desk.client("lead").get(f"/tickets/{desk.ticket()}/claim").status_code == 405


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_away(desk: WebDesk, way: str) -> None:
    give_password(desk, "lead")
    form = {"login": "lead@example.org", "password": WORD, "next": way}
    answer = desk.client("").post(f"/sign-in?next={way}", form)
    assert answer.headers.get("Location") == "/"


def test_the_language_switch_never_leads_away(desk: WebDesk) -> None:
    answer = desk.client("lead").post("/me/language", {"language": "hu"}, HTTP_REFERER="https://evil.example/")
    assert answer.headers["Location"] == "/"


def test_nobody_signs_up_by_himself(desk: WebDesk) -> None:
    for path in ("/signup", "/accounts/signup/", "/accounts/login/", "/admin/", "/sign-up"):
        assert desk.client("").get(path).status_code == 404


def test_forgetting_for_a_stranger_writes_nothing(desk: WebDesk) -> None:
    forgetting.forget("nobody@example.org", now=desk.now)
    assert not Outgoing.objects.filter(kind="password").exists()
