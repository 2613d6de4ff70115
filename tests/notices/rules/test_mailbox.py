"""Mail server URLs: what is read from them and what is refused."""

import pytest

from firstline.notices.rules.mailbox import (
    ImapServer,
    MailboxSettings,
    MailboxWrong,
    SmtpServer,
    parse_imap_url,
    parse_smtp_url,
)


@pytest.mark.parametrize(("url", "server"), [
    ("imaps://help@mail.example", ImapServer("mail.example", 993, "tls", "help", "INBOX")),
    ("imap://help@mail.example", ImapServer("mail.example", 143, "plain", "help", "INBOX")),
    ("imaps://a@b.example@m.example:93/A/In", ImapServer("m.example", 93, "tls", "a@b.example", "A/In")),
    ("imaps://a%40b%3Ac@mail.example/H%C3%A4lp", ImapServer("mail.example", 993, "tls", "a@b:c", "Hälp")),
    ("imaps://help@[2001:db8::1]:993/", ImapServer("2001:db8::1", 993, "tls", "help", "INBOX")),
])  # fmt: skip
def test_an_imap_url_is_read(url, server):
    assert parse_imap_url(url) == server


@pytest.mark.parametrize(("url", "server"), [
    ("smtp://relay.example", SmtpServer("relay.example", 25, "plain")),
    ("smtps://u:p%40ss@relay.example", SmtpServer("relay.example", 465, "tls", "u", "p@ss")),
    ("smtp+starttls://u@relay.example:2587/", SmtpServer("relay.example", 2587, "starttls", "u")),
])  # fmt: skip
def test_an_smtp_url_is_read(url, server):
    assert parse_smtp_url(url) == server


@pytest.mark.parametrize(("url", "words"), [
    ("https://help@mail.example", "begin with one of imaps://, imap://"),
    ("mail.example", "begin with one of"),
    ("imaps://mail.example/INBOX", "no user"),
    ("imaps://help:secret@mail.example", "password"),
    ("imaps://help@", "no host"),
    ("imaps://help@mail.example:0", "port"),
    ("imaps://help@mail.example:99999", "port"),
    ("imaps://help@mail.example:x", "port"),
    ("imaps://help@mail.example/a?b", "%3F"),
    ("imaps://help@[::1", "cannot be read"),
    ("imaps://he%0D%0AA1 LOGOUT@mail.example", "control character"),
    ("imaps://help@mail.example/IN%0ABOX", "control character"),
    ("imaps://he\nlp@mail.example", "control character"),
])  # fmt: skip
def test_a_wrong_imap_url_says_why(url, words):
    with pytest.raises(MailboxWrong) as wrong:
        parse_imap_url(url)
    assert words in wrong.value.sentence


@pytest.mark.parametrize(("url", "words"), [
    ("smtp://relay.example/folder", "no folder"),
    ("starttls://relay.example", "smtp+starttls://"),
    ("smtp://", "no host"),
])  # fmt: skip
def test_a_wrong_smtp_url_says_why(url, words):
    with pytest.raises(MailboxWrong) as wrong:
        parse_smtp_url(url)
    assert words in wrong.value.sentence


def test_a_password_is_not_printed():
    assert "geheim" not in repr(parse_smtp_url("smtps://u:geheim@relay.example"))


@pytest.mark.parametrize("after", ["seen", "delete", "nothing", "move:Done", "move:A/B:C"])
def test_what_becomes_of_a_stored_letter_is_one_of_four(after):
    assert MailboxSettings("h@desk.example", "H", after=after).after == after


@pytest.mark.parametrize("after", ["", "move", "move:", "burn", "move:a\r\nLOGOUT", "seen "])
def test_anything_else_is_refused(after):
    with pytest.raises(MailboxWrong):
        MailboxSettings("h@desk.example", "H", after=after)


def test_a_server_built_by_hand_holds_no_control_characters_either():
    with pytest.raises(MailboxWrong):
        ImapServer("mail.example", 993, "tls", "help\r\nA LOGOUT")
