"""Letters built to cost more than they are worth: a stub within five seconds of processor time (PROMISES §1)."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstline.intake.mail.reading import Unreadable, read
from firstline.intake.mail.understanding import understand

HEAD = b"From: a@example.com\nSubject: bomb\nMIME-Version: 1.0\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
HTML = HEAD + b"Content-Type: text/html\n\n"


def nested(depth: int) -> bytes:
    return HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))


CAPPED = {
    "cap:participants": HEAD + b"Cc: " + b", ".join(b"u%d@example.com" % n for n in range(20_000)) + b"\n\nhi",
    "cap:words": HEAD + b"X: " + b" ".join([b"=?utf-8?q?a?="] * 4_000) + b"\n\nhi",
    "cap:header": HEAD + b"X: " + b"y" * 1_000_000 + b"\n\nhi",
    "cap:headers": HEAD + b"".join(b"X%d: y\n" % n for n in range(20_000)) + b"\nhi",
    "cap:header-block": HEAD + b"junk\n" * 1_000_000 + b"Subject: x\n\nhi",
    "cap:depth": nested(1_500) + b"\ndeep",
    "cap:parts": MIXED + b"--b\n\nx\n" * 200_000,
    "cap:html": HTML + b"<p>x" * 1_000_000,
    "cap:html-depth": HTML + b"<div>" * 100_000,
    "cap:text": HEAD + b"\n" + b"hello\n" * 1_000_000,
    "cap:size": HEAD + b"\n" + b"x" * 36 * 1024 * 1024,
}
HARD = [
    MIXED + b"--b\nContent-Type: text/html\n\n" + (b"<p>x" * 10_000 + b"\n--b\nContent-Type: text/html\n\n") * 400,
    MIXED + b"--\n" * 3_000_000,
    HEAD + b"Content-Type: multipart/mixed\n\n" + b"-" * 10_000_000,
    HEAD + b"Content-Type: message/rfc822\n\n" * 100_000,
    HEAD + b"\n" + b"begin 644 x\n" * 500_000,
    HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QQ==\n" * 2_000_000,
    HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 5_000_000,
    HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B" * 2_000_000,
    HEAD + b"Content-Type: text/plain; name=" + b'"\\' * 30_000 + b"\n\nhi",
    HEAD + b"To: " + b"<(" * 30_000 + b"\nReferences: " + b"<a" * 30_000 + b"\n\nhi",
    b"Subject: " + b"=?a" * 20_000 + b"?=\n" + b"X: " + b"=?a" * 20_000 + b"?=\n\nhi",
    HEAD + b" \n" * 2_000_000 + b"\nhi",
    b"x:\n" * 3_000_000,
    b"\r" * 10_000_000 + b"x",
]


def cpu_seconds(raw: bytes) -> float:
    began = time.process_time()
    understand(raw, ours=frozenset(), envelope_from=None)
    return time.process_time() - began


@pytest.mark.parametrize("note", CAPPED)
def test_a_cap_is_noted_and_the_rest_is_read(note: str) -> None:
    found = read(CAPPED[note])
    assert note in found.notes and found.headers.subject == "bomb"


@pytest.mark.parametrize("note", CAPPED)
def test_a_letter_over_a_cap_costs_at_most_five_seconds(note: str) -> None:
    assert cpu_seconds(CAPPED[note]) < 5


@pytest.mark.parametrize("number", range(len(HARD)))
def test_a_letter_within_the_caps_costs_at_most_five_seconds(number: int) -> None:
    assert cpu_seconds(HARD[number]) < 5


LINES = st.sampled_from(
    [
        b"Subject: =?utf-8?q?a?=", b"From: a <b@c.dd>, (", b"To: x:;", b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: text/html; charset=utf-16", b"Content-Transfer-Encoding: base64", b"--b", b"--b--", b"",
        b"Content-Type: application/ms-tnef", b"\x78\x9f\x3e\x22", b"begin 644 x", b"Date: 1 1 1", b" folded",
        b"Content-Type: message/rfc822", b"<div><b><!--", b"\x1b$B",
        b"Content-Disposition: attachment; filename*=x''%",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(LINES, st.binary(max_size=30)), max_size=30))
def test_whatever_comes_is_read_or_unreadable(lines: list[bytes]) -> None:
    try:
        understand(b"\n".join(lines), ours=frozenset(), envelope_from=None)
    except Unreadable:
        assert not b"".join(lines).strip(b"\0 \t\r\n")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_become_an_empty_letter(raw: bytes) -> None:
    try:
        found = read(b"Subject: x\nMIME-Version: 1.0\n\n" + b"readable " + raw)
    except Unreadable:
        pytest.fail("a letter with a subject is readable")
    assert found.text.startswith("readable")
