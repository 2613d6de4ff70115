"""The fields of RFC 3464 are read, also from broken reporters."""

from firstline.intake.mail.bounces.fields import notices_in
from firstline.intake.mail.bounces.notice import MOST

ONE = """Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 1 Jun 2020 10:00:00 +0000

Final-Recipient: rfc822; Bob@Example.net
Original-Recipient: rfc822;old@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <bob@example.net>:
    Recipient address rejected: no such user
"""


def test_one_recipient() -> None:
    (notice,) = notices_in(ONE)
    assert (notice.recipient, notice.action, notice.status) == ("bob@example.net", "failed", "5.1.1")


def test_a_folded_diagnostic() -> None:
    assert notices_in(ONE)[0].words.endswith("<bob@example.net>: Recipient address rejected: no such user")


def test_several_recipients_in_order() -> None:
    text = "\n\n".join(
        f"Final-Recipient: rfc822; {name}@example.net\nAction: failed\nStatus: 5.1.1" for name in "cab"
    )
    assert [notice.recipient[0] for notice in notices_in(text)] == ["c", "a", "b"]


def test_groups_without_a_blank_line_between() -> None:
    text = "\n".join(f"Final-Recipient: rfc822; {name}@example.net\nStatus: 5.1.1\nAction: failed" for name in "ab")
    assert len(notices_in(text)) == 2


def test_blank_lines_inside_a_group() -> None:
    text = "Final-Recipient: rfc822; a@example.net\n\nAction: failed\n\nStatus: 4.2.2\n"
    assert [(n.recipient, n.action) for n in notices_in(text)][0] == ("a@example.net", "failed")


def test_only_an_original_recipient() -> None:
    assert notices_in("Original-Recipient: <a@example.net>\nAction: failed")[0].recipient == "a@example.net"


def test_fields_quoted_in_a_reply() -> None:
    assert notices_in("> Final-Recipient: rfc822; a@example.net\n> Action: delayed\n")[0].action == "delayed"


def test_a_local_name_without_a_domain() -> None:
    assert notices_in("Final-Recipient: rfc822; bob\nAction: failed\nStatus: 5.1.1")[0].recipient == "bob"


def test_a_report_about_nobody() -> None:
    assert notices_in("Reporting-MTA: dns; mx.example.net\n") == ()


def test_no_more_than_the_cap() -> None:
    text = "\n\n".join(f"Final-Recipient: rfc822; a{n}@example.net\nAction: failed" for n in range(MOST + 20))
    assert len(notices_in(text)) == MOST
