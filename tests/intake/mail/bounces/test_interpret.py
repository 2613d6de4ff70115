"""A report becomes one verdict for each recipient."""

import pytest

from firstline.intake.mail.bounces import is_report, read_bounces
from firstline.intake.mail.letter import Bounced, Letter, Part
from tests.support.letters import letter, prose, report


def status_text(action: str, status: str, diagnostic: str = "") -> str:
    words = f"\nDiagnostic-Code: smtp; {diagnostic}" if diagnostic else ""
    return f"Final-Recipient: rfc822; bob@example.net\nAction: {action}\nStatus: {status}{words}"


def test_a_standard_report() -> None:
    found = read_bounces(report(status_text("failed", "5.1.1", "550 5.1.1 User unknown")))
    assert found == (Bounced("bob@example.net", "5.1.1", "permanent", "userunknown"),)


def test_a_delay() -> None:
    (found,) = read_bounces(report(status_text("delayed", "4.4.1", "connect to mx: Connection timed out")))
    assert (found.kind, found.reason) == ("delayed", "expired")


def test_a_failure_of_class_four_is_temporary() -> None:
    (found,) = read_bounces(report(status_text("failed", "4.2.2", "452 4.2.2 over quota")))
    assert (found.kind, found.reason) == ("temporary", "mailboxfull")


def test_a_success_is_held_against_nobody() -> None:
    (found,) = read_bounces(report(status_text("delivered", "2.1.5", "250 2.1.5 Ok")))
    assert (found.kind, found.reason) == ("temporary", "delivered")


def test_the_server_s_own_code_is_more_exact_than_the_reporter_s() -> None:
    (found,) = read_bounces(report(status_text("failed", "5.0.0", "552 5.2.2 Mailbox full")))
    assert found.status == "5.2.2"


def test_prose_fills_what_the_fields_leave_open() -> None:
    text = "<bob@example.net>: host mx said: 552 5.2.2 mailbox full"
    (found,) = read_bounces(report(status_text("failed", "5.0.0"), text=text))
    assert (found.status, found.reason) == ("5.2.2", "mailboxfull")


def test_two_recipients_of_a_prose_report() -> None:
    text = "<bob@example.net>:\n550 5.1.1 no such user\n\n<eve@example.net>:\n452 4.2.2 mailbox full"
    assert [(b.recipient, b.kind) for b in read_bounces(prose(text))] == [
        ("bob@example.net", "permanent"),
        ("eve@example.net", "temporary"),
    ]


def test_recipients_named_by_a_header_only() -> None:
    mail = letter(("X-Failed-Recipients", "bob@example.net, eve@example.net"), text="Delivery failed: no such user")
    assert {found.recipient for found in read_bounces(mail)} == {"bob@example.net", "eve@example.net"}


def test_the_returned_message_tells_the_recipient_when_nothing_else_does() -> None:
    returned = "Received: from a\nFrom: me@example.org\nTo: bob@example.net\n\nHi"
    text = f"421 Deferred: Connection timed out\n  ----- Unsent message follows -----\n{returned}"
    assert read_bounces(prose(text, subject="Returned mail: Cannot send message"))[0].recipient == "bob@example.net"


def test_a_request_bounces_nothing() -> None:
    assert read_bounces(letter(text="550 5.1.1 <bob@example.net>: user unknown, why?")) == ()


def test_never_more_recipients_than_the_cap() -> None:
    groups = "\n\n".join(
        f"Final-Recipient: rfc822; a{n}@example.net\nAction: failed\nStatus: 5.1.1" for n in range(500)
    )
    assert len(read_bounces(report(groups))) == 50


@pytest.mark.parametrize("type_", ["message/delivery-status", "message/global-delivery-status"])
def test_a_status_part_makes_a_report(type_: str) -> None:
    assert is_report(letter(parts=(Part(type_, status_text("failed", "5.1.1")),)))


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("MAILER-DAEMON@example.net", "failure notice", "I wasn't able to deliver: <bob@example.net>: 550 no"),
        ("Mail Delivery System <x@example.net>", "Mail delivery failed", "could not be delivered to one recipient"),
        ("<>", "Undeliverable mail", "User mailbox exceeds allowed size: bob@example.net"),
        ("postmaster@example.net", "Undeliverable: Hi", "did not reach the following recipient(s): bob@example.net"),
        ("Mailer-Daemon@example.net", "Ваше сообщение не доставлено", "550 5.1.1 <bob@example.net> unknown"),
    ],
)
def test_prose_reports_are_told(sender: str, subject: str, text: str) -> None:
    assert is_report(letter(("From", sender), ("Subject", subject), text=text))


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("anna@example.org", "Undeliverable mail", "could not be delivered: 550 5.1.1 <bob@example.net>"),
        ("postmaster@example.org", "Re: Delivery problem", "Mail from you could not be delivered here."),
        ("MAILER-DAEMON@example.net", "Welcome", "Your account is ready."),
    ],
)
def test_letters_that_only_look_like_reports(sender: str, subject: str, text: str) -> None:
    assert not is_report(letter(("From", sender), ("Subject", subject), text=text))


def test_a_read_receipt_is_no_delivery_report() -> None:
    kind = "multipart/report; report-type=disposition-notification"
    assert not is_report(letter(("Content-Type", kind), ("Subject", "Read: Delivery status")))


def json_notice(event: str, detail: str) -> Letter:
    text = f'{{"notificationType":"{event}",{detail},"mail":{{"messageId":"x","destination":["bob@example.net"]}}}}'
    return letter(
        ("From", "no-reply@notify.example.net"), ("Subject", "Notification"), text=text + "\n--\nUnsubscribe"
    )


def test_a_bounce_told_in_json() -> None:
    one = '{"emailAddress":"bob@example.net","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 no user"}'
    mail = json_notice("Bounce", f'"bounce":{{"bouncedRecipients":[{one}]}}')
    assert read_bounces(mail) == (Bounced("bob@example.net", "5.1.1", "permanent", "userunknown"),)


def test_a_delivery_told_in_json() -> None:
    detail = '"delivery":{"recipients":["bob@example.net"],"smtpResponse":"250 2.6.0 queued"}'
    assert read_bounces(json_notice("Delivery", detail))[0].reason == "delivered"


@pytest.mark.parametrize(
    "text", ['{"notificationType":"Bounce"', '{"notificationType":"Bounce","bounce":[1]}', "{" * 9999]
)
def test_broken_json_is_no_report(text: str) -> None:
    assert not is_report(letter(("From", "no-reply@notify.example.net"), text=text))
