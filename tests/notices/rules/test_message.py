"""A mail of ours: exact headers, and nothing that a stranger's words could add (S11)."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from firstline.notices.rules.message import Draft, Enclosure, build

LONG = "fl.42.abcdef012345." + "a" * 64 + "@desk.example"
DRAFT = Draft(from_name="Anna Agent", from_address="help@desk.example", to=("eszter@customer.example",),
              subject="Re: Printer", text="Hello", html="<p>Hello</p>", message_id=LONG,
              date=datetime(2026, 3, 2, tzinfo=UTC), language="en", automatic=False, desk="help@desk.example")


def read(draft):
    return message_from_bytes(build(draft), policy=policy.default)


@pytest.mark.parametrize("field", ["subject", "from_name"])
def test_a_line_break_adds_no_header(field):
    mail = read(replace(DRAFT, **{field: "Hi\r\nBcc: eve@evil.example\r\n\r\nwords"}))
    assert mail["Bcc"] is None and mail.get_body() is not None


def test_a_strangers_identifier_adds_no_header():
    raw = build(replace(DRAFT, references=("a@b.example>\r\nBcc: eve@evil.example", LONG)))
    assert b"Bcc" not in raw


def test_long_identifiers_stay_readable_by_every_mail_program():
    raw = build(replace(DRAFT, references=("first@customer.example", LONG)))
    assert f"References: <first@customer.example>\r\n <{LONG}>\r\n".encode() in raw


def test_the_recipients_are_exactly_those():
    mail = read(replace(DRAFT, cc=("bo@customer.example",)))
    assert (mail["To"], mail["Cc"]) == ("eszter@customer.example", "bo@customer.example")


def test_automatic_mail_says_so():
    mail = read(replace(DRAFT, automatic=True))
    assert [mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["Precedence"]] == [
        "auto-replied", "All", "bulk"]


def test_a_persons_answer_is_not_automatic():
    assert read(DRAFT)["Auto-Submitted"] is None


def test_a_files_name_and_type_cannot_break_out():
    mail = read(replace(DRAFT, files=(Enclosure('a"\r\nX-Evil: 1.pdf', "text/html\r\nX-Evil: 1", b"x"),)))
    [file] = mail.iter_attachments()
    assert file["X-Evil"] is None and file.get_content_type() == "application/octet-stream"
