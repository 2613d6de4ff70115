"""Recipients and words are found in reports that are only prose."""

import pytest

from firstline.intake.mail.bounces.prose import notices_in, report_of

NOBODY: frozenset[str] = frozenset()

SHAPES = {
    "address and colon": "<bob@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1 no such user",
    "address, then a paragraph": "<bob@example.net>:\nSorry, there is no such user here. (#5.1.1)",
    "indented address": "The following address(es) failed:\n\n  bob@example.net\n    550 5.1.1 no such user",
    "quoted address": '"bob@example.net":\nSMTP error after RCPT command: 5.1.1 no such user',
    "label": "    Recipient: <bob@example.net>\n    <<< 550 5.1.1 no such user",
    "bullet": " * bob@example.net\n   Technical details: 550 5.1.1 no such user",
    "dashes": "-- bob@example.net\nThe problem: 5.1.1 no such user",
    "reply line": "550 <bob@example.net>... 5.1.1 no such user",
    "sentence before": "Unable to deliver message to: <bob@example.net>\nReason: 550 5.1.1 no such user",
    "sentence around": "There was an error delivering your mail to <bob@example.net>.\n\n550 5.1.1 no such user",
    "words before": "no such user 5.1.1: bob@example.net could not be delivered",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_shape_of_prose(text: str) -> None:
    (notice,) = notices_in(text, NOBODY)
    assert (notice.recipient, "no such user" in notice.words) == ("bob@example.net", True)


def test_each_recipient_gets_his_own_words() -> None:
    text = "<bob@example.net>:\n550 5.1.1 no such user\n\n<eve@example.net>:\n552 5.2.2 mailbox full"
    bob, eve = notices_in(text, NOBODY)
    assert ("full" in bob.words, "full" in eve.words) == (False, True)


def test_addresses_that_offer_help_are_no_recipients() -> None:
    assert notices_in("For further assistance, please contact <help@example.net>", NOBODY) == ()


def test_the_sender_in_a_transcript_is_no_recipient() -> None:
    text = ">>> MAIL From:<me@example.org>\n<<< 501 <me@example.org>... rejected\n554 <bob@example.net>... failed"
    assert [notice.recipient for notice in notices_in(text, NOBODY)] == ["bob@example.net"]


def test_only_recipients_that_the_headers_name() -> None:
    text = "<bob@example.net>: failed\n<other@example.net>: failed"
    assert [n.recipient for n in notices_in(text, frozenset({"other@example.net"}))] == ["other@example.net"]


@pytest.mark.parametrize(
    "line",
    [
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "----- Original message -----",
        "   ----- Unsent message follows -----",
        "Message headers follow.",
        "Received: from a by b",
        "Return-Path: <me@example.org>",
    ],
)
def test_the_returned_message_is_cut_off(line: str) -> None:
    assert "secret@example.org" not in report_of(f"<bob@example.net>: failed\n\n{line}\nTo: secret@example.org\n")
