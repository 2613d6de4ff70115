"""Attacks with encoded words inside encoded words: once decoded they must not become lines of our mail (S11)."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from firstline.core.text import line
from firstline.files import store
from firstline.flows import replying
from firstline.notices.rules.message import Draft, Enclosure, build
from tests.support.mail_desk import Desk, make_desk

INNER = ("=?utf-8?q?x=0d=0aBcc:_eve=40evil.example=0d=0a?=", "=?utf-8?q?=0a?=",
         "=?utf-8?b?DQpCY2M6IGVAZS5leGFtcGxl?=", "a =?utf-8?q?=0d=0aBcc=3A=20e=40e.example=0d=0a=0d=0abody?= b",
         "=?x?q?=?= =?utf-8?q?=0d=0aBcc=3A?=",
         "=\u200b?utf-8?q?=0d=0aBcc=3Ae?=")
PLAIN: dict[str, Any] = {
    "from_name": "n", "from_address": "d@x.example", "to": ("a@b.example",), "subject": "s", "text": "t", "html": "h",
    "message_id": "m@x.example", "date": datetime(2026, 1, 1, tzinfo=UTC), "language": "en", "automatic": False,
    "desk": "d@x.example"}


def places(word: str) -> dict[str, dict[str, Any]]:
    return {"subject": {"subject": word}, "name": {"from_name": word}, "local": {"to": (f"{word}@x.example",)},
            "domain": {"cc": (f"a@{word}",)}, "reply": {"reply_to": f"{word}@x.example"},
            "language": {"language": word}, "desk": {"desk": f"{word}@x.example"},
            "references": {"references": (word,)},
            "file": {"files": (Enclosure(word, f"text/{word}", b"x"),)}}


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("place", places(""))
def test_no_word_becomes_a_line_of_a_mail(inner: str, place: str) -> None:
    raw = build(Draft(**{**PLAIN, **places(inner)[place]}))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for part in message_from_bytes(raw, policy=policy.default).walk():
        assert "bcc" not in part
        assert not part.defects


def test_a_subject_encoded_twice_adds_no_line_to_the_answer(db: None) -> None:
    desk: Desk = make_desk()
    inner = INNER[0]
    twice = f"=?utf-8?q?{''.join(f'={byte:02X}' for byte in inner.encode())}?="
    desk.take(f"From: a@third.example\r\nMessage-ID: <1@x>\r\nSubject: {twice}\r\n\r\nx".encode())
    number = desk.work()[0].ticket or 0
    replying.reply(number, by=desk.agent, now=desk.now, text="Hello")
    assert "bcc" not in message_from_bytes(store.get(desk.outgoing()[-1].blob_id))


@pytest.mark.parametrize("mark", "\x1b\x85\x9b\u061c\u200b\u202e\u2066\u206f\ufeff\U000e0041")
def test_no_hidden_mark_stays_in_a_line(mark: str) -> None:
    assert line(f"a{mark}b") in ("ab", "a b")
