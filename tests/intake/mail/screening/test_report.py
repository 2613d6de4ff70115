"""Complaints and machine reports about our mail."""

from firstline.intake.mail.letter import Letter, Part
from firstline.intake.mail.screening import screen
from tests.support.letters import letter


def verdict(mail: Letter) -> str:
    return screen(mail, ours=frozenset(), envelope_from=None).verdict


def test_a_feedback_report() -> None:
    mail = letter(
        ("Content-Type", 'multipart/report; report-type="feedback-report"; boundary=x'),
        ("Subject", "FW: Your ticket"),
        parts=(Part("text/plain", "An abuse report."), Part("message/feedback-report", "Feedback-Type: abuse")),
    )
    assert verdict(mail) == "report"


def test_a_feedback_part_alone_is_enough() -> None:
    assert verdict(letter(parts=(Part("message/feedback-report", "Feedback-Type: opt-out"),))) == "report"


def test_a_tls_report() -> None:
    assert verdict(letter(("Content-Type", 'multipart/report; report-type="tlsrpt"'))) == "report"


def test_a_dmarc_aggregate_report() -> None:
    assert (
        verdict(letter(("Subject", "Report Domain: example.com Submitter: example.net Report-ID: <1>"))) == "report"
    )


def test_a_complaint_that_is_only_the_message() -> None:
    mail = letter(
        ("Subject", "complaint about message from 192.0.2.1"), text="", parts=(Part("message/rfc822", "x"),)
    )
    assert verdict(mail) == "report"


def test_a_person_who_complains_is_a_request() -> None:
    assert verdict(letter(("Subject", "Complaint about the new printer"))) == "accept"
