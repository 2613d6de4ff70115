"""Whole letters, from bytes to what a person reads."""

import pytest

from firstline.intake.mail.letter import Letter
from firstline.intake.mail.reading import Unreadable, read

HEAD = b"From: Ann <ann@example.com>\nTo: desk@example.org\nSubject: Help\nDate: Mon, 6 May 2024 10:00:00 +0200\n"


def letter(body: bytes, *, kind: bytes = b"text/plain; charset=utf-8", more: bytes = b"") -> Letter:
    return read(HEAD + b"Content-Type: " + kind + b"\n" + more + b"\n" + body)


def mixed(*parts: bytes, subtype: bytes = b"mixed") -> Letter:
    body = b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"
    return letter(body, kind=b"multipart/" + subtype + b"; boundary=b")


PLAIN = b"Content-Type: text/plain\n\nIn plain words"
HTML = b"Content-Type: text/html\n\n<p>In <b>HTML</b></p>"
PICTURE = (
    b"Content-Type: image/png\nContent-ID: <pic@x>\nContent-Disposition: inline\n"
    b"Content-Transfer-Encoding: base64\n\naGk="
)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_understood(end: bytes) -> None:
    found = read(HEAD.replace(b"\n", end) + end + b"One" + end + b"Two" + end)
    assert (found.headers.subject, found.text.strip()) == ("Help", "One\nTwo")


@pytest.mark.parametrize("raw", [b"", b" \r\n\0\n"])
def test_nothing_at_all_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)


def test_a_text_without_headers_is_all_body() -> None:
    assert read(b"My printer is broken.\nPlease come.\n").text == "My printer is broken.\nPlease come."


def test_the_separator_line_of_a_mailbox_file_is_passed_over() -> None:
    assert read(b"From ann@example.com Mon May  6 10:00:00 2024\n" + HEAD + b"\nhi").headers.subject == "Help"


def test_a_junk_line_among_the_headers_hides_nothing() -> None:
    found = read(b"From: ann@example.com\nthis is no header\nSubject: Help\n\nhi")
    assert (found.headers.subject, found.text) == ("Help", "hi")


def test_a_missing_blank_line_loses_no_text() -> None:
    assert read(b"Subject: Help\nHello desk,\nit broke.\n").text == "Hello desk,\nit broke."


def test_plain_is_chosen_for_reading_and_html_is_kept() -> None:
    found = mixed(PLAIN, HTML, subtype=b"alternative")
    assert (found.text, found.html) == ("In plain words", "<p>In <b>HTML</b></p>")


def test_an_empty_plain_part_gives_way_to_html() -> None:
    assert mixed(b"Content-Type: text/plain\n\n \n", HTML, subtype=b"alternative").text == "In HTML"


def test_html_alone_is_read_as_text() -> None:
    assert letter(b"<p>One<br>Two</p>", kind=b"text/html").text == "One\nTwo"


def test_several_text_parts_are_joined() -> None:
    assert mixed(PLAIN, PLAIN).text == "In plain words\n\nIn plain words"


def test_an_inline_picture_counts_as_an_attachment() -> None:
    found = mixed(HTML, PICTURE, subtype=b"related").attachments[0]
    assert (found.name, found.content_id, found.inline, found.content) == ("part-1.png", "pic@x", True, b"hi")


def test_a_text_that_is_attached_is_no_body() -> None:
    found = mixed(PLAIN, b"Content-Disposition: attachment; filename=log.txt\n\nerror")
    assert (found.text, found.attachments[0].name) == ("In plain words", "log.txt")


def test_a_forwarded_mail_is_kept_under_its_subject() -> None:
    forwarded = b"Content-Type: message/rfc822\n\nSubject: =?utf-8?q?Bl=C3=A5?=/one\n\nold text"
    assert mixed(PLAIN, forwarded).attachments[0].name == "Blå one.eml"


def test_a_forwarded_mail_is_a_part_with_header_and_text() -> None:
    forwarded = b"Content-Type: message/rfc822\n\nMessage-ID: <old@x>\n\nold text"
    assert mixed(PLAIN, forwarded).parts[1].text == "message-id: <old@x>\n\nold text"


def test_the_fields_of_a_report_are_a_part_and_no_file() -> None:
    status = b"Content-Type: message/delivery-status\n\nAction: failed\n"
    found = mixed(PLAIN, status, subtype=b"report")
    assert (found.attachments, found.parts[1].text.strip()) == ((), "Action: failed")


def test_an_invitation_gets_the_usual_name() -> None:
    found = mixed(PLAIN, b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR")
    assert found.attachments[0].name == "invite.ics"


def test_a_boundary_that_never_closes_loses_nothing() -> None:
    found = letter(b"--b\n\nfirst\n--b\n\nsecond", kind=b"multipart/mixed; boundary=b")
    assert found.text == "first\n\nsecond"


def test_a_missing_boundary_is_found_by_its_look() -> None:
    found = letter(b"--zz\nContent-Type: text/plain\n\nfirst\n--zz--\n", kind=b"multipart/mixed")
    assert found.text == "first"


def test_a_multipart_without_parts_is_text() -> None:
    assert letter(b"just words", kind=b"multipart/mixed; boundary=b").text == "just words"


def test_a_boundary_inside_a_longer_one_parts_nothing() -> None:
    found = letter(b"--b\n\nfirst\n--bb\nstill first\n--b--\n", kind=b"multipart/mixed; boundary=b")
    assert found.text == "first\n--bb\nstill first"


def test_html_may_name_its_own_character_set() -> None:
    html = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>' + "привет".encode(
        "cp1251"
    )
    assert letter(html, kind=b"text/html").text == "привет"


def test_an_unknown_character_set_is_noted() -> None:
    assert "charset:unknown" in letter("blå".encode(), kind=b"text/plain; charset=nonsense").notes


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (b'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', "encrypted:pgp"),
        (b'multipart/signed; protocol="application/pkcs7-signature"; boundary=b', "signed:smime"),
        (b"application/pkcs7-mime; smime-type=enveloped-data", "encrypted:smime"),
        (b"application/pkcs7-mime; smime-type=signed-data", "signed:smime"),
    ],
)
def test_encryption_and_signatures_are_noted(kind: bytes, note: str) -> None:
    assert note in letter(b"--b\n\nx\n--b--\n", kind=kind).notes


def test_an_armoured_text_is_noted() -> None:
    assert "encrypted:pgp" in letter(b"-----BEGIN PGP MESSAGE-----\n\nabc\n").notes


def test_the_null_sender_differs_from_none_named() -> None:
    assert (
        read(b"Return-Path: <>\n\nx").headers.return_path,
        read(b"X-A: b\nTo: c@d.ee\n\nx").headers.return_path,
    ) == ("", None)


def test_trace_headers_do_not_change_the_sameness() -> None:
    assert (
        read(b"Received: by a\n" + HEAD + b"\nhi\n").sameness
        == read(b"Delivered-To: x\n" + HEAD + b"\r\nhi\r\n").sameness
    )


def test_another_text_changes_the_sameness() -> None:
    assert letter(b"one").sameness != letter(b"two").sameness


def test_the_language_is_asked_of_the_one_who_knows() -> None:
    assert read(HEAD + b"\nhei", guess=lambda text: "nb" if text == "hei" else None).language == "nb"


def test_a_subject_cannot_smuggle_a_header() -> None:
    assert "\n" not in read(b"Subject: =?utf-8?b?YQ0KQmNjOiBiQGMuZGQ=?=\n\nx").headers.subject
