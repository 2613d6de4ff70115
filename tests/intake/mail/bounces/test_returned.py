"""The message that came back is tied by its headers."""

from firstline.intake.mail.bounces import original_headers, original_message_id
from firstline.intake.mail.letter import Part
from tests.support.letters import letter, prose, report

HEAD = """Received: from a
 by b
Message-ID: <ours-1@example.com>
From: desk@example.com
To: bob@example.net
Subject: Hi
"""
STATUS = "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1"


def test_headers_returned_as_a_part() -> None:
    assert original_message_id(report(STATUS, returned=HEAD)) == "ours-1@example.com"


def test_folded_headers_are_unfolded() -> None:
    assert original_headers(report(STATUS, returned=HEAD))[0] == ("received", "from a by b")


def test_a_whole_message_returned() -> None:
    mail = letter(parts=(Part("text/plain", "failed"), Part("message/rfc822", f"{HEAD}\nHello Bob")))
    assert original_message_id(mail) == "ours-1@example.com"


def test_headers_inside_the_text() -> None:
    assert (
        original_message_id(prose(f"<bob@example.net>: no such user\n\n--- Below:\n\n{HEAD}\nHello"))
        == "ours-1@example.com"
    )


def test_a_reference_where_no_header_came_back() -> None:
    mail = letter(("In-Reply-To", "<ours-2@example.com>"), text="failed")
    assert original_message_id(mail) == "ours-2@example.com"


def test_nothing_to_tie_to() -> None:
    assert original_message_id(prose("<bob@example.net>: no such user")) == ""


def test_a_list_of_fields_in_a_person_s_text_is_no_returned_message() -> None:
    assert original_headers(letter(text="Subject: printer\nRoom: 12\nFloor: 2")) == ()
