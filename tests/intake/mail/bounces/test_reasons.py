"""The reason is decided by wording, code and the command refused."""

import pytest

from firstline.intake.mail.bounces import codes
from firstline.intake.mail.bounces.dialogue import command_in
from firstline.intake.mail.bounces.notice import Notice
from firstline.intake.mail.bounces.reasons import is_delay, plain, reason_of

from .wordings import WORDINGS

CASES = [(reason, words) for reason, many in WORDINGS.items() for words in many]


def reason(words: str, *, status: str = "", action: str = "failed", context: str = "", category: str = "") -> str:
    notice = Notice("bob@example.net", action, status, words, context, category)
    return reason_of(notice, status=status or codes.enhanced_in(words))


@pytest.mark.parametrize(("expected", "words"), CASES)
def test_a_wording_gives_its_reason(expected: str, words: str) -> None:
    assert reason(f"smtp; {words}") == expected


@pytest.mark.parametrize(
    ("expected", "status"),
    [
        ("hostunknown", "5.1.2"),
        ("hasmoved", "5.1.6"),
        ("rejected", "5.1.8"),
        ("mailboxfull", "5.2.2"),
        ("mesgtoobig", "5.3.4"),
        ("expired", "4.4.7"),
        ("networkerror", "5.4.6"),
        ("requireptr", "5.7.25"),
        ("authfailure", "5.7.26"),
        ("userunknown", "5.1.1"),
        ("filtered", "5.2.1"),
        ("contenterror", "5.6.3"),
        ("securityerror", "5.7.8"),
        ("systemerror", "5.3.0"),
        ("notaccept", "5.1.10"),
    ],
)
def test_a_code_without_words_gives_its_reason(expected: str, status: str) -> None:
    assert reason("", status=status) == expected


def test_an_exact_wording_beats_a_code() -> None:
    assert reason("smtp; 550 5.1.1 mailbox is full") == "mailboxfull"


def test_an_exact_code_beats_a_vague_wording() -> None:
    assert reason("smtp; 550 5.2.2 mailbox unavailable") == "mailboxfull"


def test_the_introduction_of_the_reporter_is_not_the_answer() -> None:
    assert reason("host mx.example.net[192.0.2.1] refused: 550 5.1.1 no such user here") == "userunknown"


def test_words_in_addresses_and_links_do_not_count() -> None:
    assert plain("550 5.1.1 <mailbox.full@example.net> see https://example.net/spam/virus") == "see example.net"


@pytest.mark.parametrize(
    ("expected", "context"),
    [
        ("userunknown", "(in reply to RCPT TO command)"),
        ("filtered", "(in reply to end of DATA command)"),
        ("rejected", "(in reply to MAIL FROM command)"),
    ],
)
def test_an_unknown_user_means_something_else_at_each_command(expected: str, context: str) -> None:
    assert reason("smtp; 550 user unknown", status="5.0.0", context=context) == expected


def test_access_denied_at_the_greeting_is_about_our_host() -> None:
    assert reason("SMTP error after initial connection: 550 Access denied") == "blocked"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("rcpt", ">>> RCPT TO:<bob@example.net>\n<<< 550 no"),
        ("data", ">>> DATA\n<<< 554 no"),
        ("connect", "... while talking to mx.example.net.:\n<<< 554 go away"),
        ("rcpt", "192.0.2.1 does not like recipient."),
        ("mail", "SMTP error after MAIL FROM:<a@example.org>"),
        ("connect", "refused to\n  talk to me: 421 no"),
        ("mail", "Connected to 192.0.2.1 but sender was rejected."),
        ("", "There was an error delivering your mail"),
        ("data", "In: RCPT TO:<bob@example.net>\nOut: 250 ok\nIn: DATA\nOut: 354 go\nOut: 451 no"),
        ("rcpt", "Sent <<< RCPT TO:<bob@example.net>\nReceived >>> 550 no"),
        ("rcpt", "    >>> RCPT TO:<bob@example.net>\n    <<< 550 no"),
    ],
)
def test_the_command_refused_is_found(expected: str, text: str) -> None:
    assert command_in(text) == expected


def test_a_success_is_delivered() -> None:
    assert reason("smtp; 250 2.1.5 Ok", action="delivered", status="2.1.5") == "delivered"


def test_a_delay_without_words_has_expired_so_far() -> None:
    assert reason("", action="delayed", status="4.0.0") == "expired"


def test_words_that_nobody_understands_are_on_hold() -> None:
    assert reason("lorem ipsum dolor") == "onhold"


def test_no_words_at_all_are_undefined() -> None:
    assert reason("") == "undefined"


def test_a_category_beside_the_fields_helps() -> None:
    assert reason("smtp;550 5.2.1 User unknown", category="bad-mailbox") == "userunknown"


@pytest.mark.parametrize("text", ["Message will be retried for 2 more days", "THIS IS A WARNING MESSAGE ONLY"])
def test_a_delay_is_told_in_words(text: str) -> None:
    assert is_delay(Notice("bob@example.net", words=text))
