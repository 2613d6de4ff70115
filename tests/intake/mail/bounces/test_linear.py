"""Hostile reports cost no more than long ones."""

import time

import pytest

from firstline.intake.mail.bounces import original_message_id, read_bounces
from firstline.intake.mail.letter import Letter
from firstline.intake.mail.screening import screen
from tests.support.letters import prose, report

SIZE = 2_000_000
HOSTILE = {
    "one line of letters": "a" * SIZE,
    "one line of at signs": "@" * SIZE,
    "addresses": "a@b.cc " * (SIZE // 7),
    "address lines": "<a@b.cc>: failed\n" * (SIZE // 17),
    "dots": "a." * (SIZE // 2),
    "nouns": "mailbox user account " * (SIZE // 21),
    "blanks": " " * SIZE,
    "lines": "\n" * SIZE,
    "codes": "550 5.1.1 " * (SIZE // 10),
    "arrows": ">>> rcpt\n" * (SIZE // 9),
    "header lines": "Received: x\n" * (SIZE // 12),
    "fields": "Final-Recipient: rfc822; a@b.cc\n" * (SIZE // 32),
    "brackets": "<" * SIZE,
    "links": "http://" * (SIZE // 7),
}


def seconds(mail: Letter) -> float:
    began = time.process_time()
    screen(mail, ours=frozenset(), envelope_from=None)
    read_bounces(mail)
    original_message_id(mail)
    return time.process_time() - began


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_two_megabytes_of_prose(text: str) -> None:
    assert seconds(prose("could not be delivered\n" + text)) < 2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_two_megabytes_of_fields(text: str) -> None:
    assert seconds(report("Final-Recipient: rfc822; a@b.cc\nDiagnostic-Code: smtp; " + text, text=text)) < 2
