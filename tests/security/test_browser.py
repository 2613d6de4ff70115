"""Hostile mails in a real browser: no script runs, nothing is asked of anybody else (PROMISES S01)."""

from __future__ import annotations

from typing import Any

import pytest

SAMPLES = {
    "script": "<script>alert(1)</script><b>x</b>",
    "handler": '<img src=x onerror="alert(1)"><body onload=alert(1)>',
    "svg": '<svg><script>alert(1)</script><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
    "mutation": ('<math><mtext><table><mglyph><style><!--</style>'
                 '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'),
    "address": '<a href="javascript:alert(1)">x</a><a href="data:text/html,<script>alert(1)</script>">y</a>',
    "frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="//evil.example/x"></object>',
    "base": '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">',
    "style": '<style>@import "https://evil.example/a.css";body{background:url(https://evil.example/b)}</style>x',
    "form": '<form action="https://evil.example/"><input name=a autofocus onfocus=alert(1)><button>x</button></form>',
    "picture": '<img src="https://evil.example/p.gif"><video poster="https://evil.example/q"></video>',
}


def hostile(html: str) -> bytes:
    return (b"From: =?utf-8?q?=3Cscript=3Ealert(1)=3C/script=3E?= <evil@bad.example>\r\nTo: desk@example.org\r\n"
            b"Subject: <img src=x onerror=alert(1)>\r\nMessage-ID: <1@bad.example>\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode())


@pytest.fixture
def watched(live_server: Any, transactional_db: None, chromium: Any) -> Any:
    """A browser page signed in as the lead; what it runs and asks for is written down."""
    from tests.support.web_desk import make_web_desk

    desk = make_web_desk()
    session = desk.client("lead").cookies["sessionid"].value
    chromium.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    heard: list[str] = []
    chromium.on("dialog", lambda dialog: (heard.append("dialog"), dialog.dismiss()))
    chromium.on("request", lambda asked: None if asked.url.startswith((live_server.url, "data:"))
                else heard.append(asked.url))
    return chromium, live_server.url, heard, desk


@pytest.mark.servers
@pytest.mark.parametrize("html", SAMPLES.values(), ids=SAMPLES)
def test_a_hostile_mail_runs_nothing_and_asks_nobody(watched: Any, html: str) -> None:
    browser, url, heard, desk = watched
    number, entry = take(desk, html)
    for where in (f"/tickets/{number}", "/?tab=open", "/mail", "/search?q=alert", "/people",
                  *([f"/entries/{entry}/look", f"/entries/{entry}/frame"] if entry else [])):
        browser.goto(url + where)
        browser.wait_for_timeout(60)
        assert "sign-in" not in browser.url
    assert heard == []


def take(desk: Any, html: str) -> tuple[int, int | None]:
    """Let a mail in as the worker does; the ticket, and the entry if it has a look of its own."""
    from firstline.tickets.models import Body
    from tests.support.mail_desk import Desk

    became = Desk(desk.agents["lead"], desk.agents["lead"], now=desk.now)
    became.take(hostile(html))
    [done] = became.work()
    number = done.ticket
    assert number is not None
    body = Body.objects.filter(entry__ticket=number).exclude(html="").first()
    return number, body.entry_id if body else None
