"""The first rule that speaks decides; a person's request is accepted."""

import pytest

from firstline.intake.mail.letter import Judgement, Letter, Part, Verdict
from firstline.intake.mail.screening import ORDER, may_answer, screen
from tests.support.letters import letter, report

OURS = frozenset({"desk@example.com"})


def verdict(mail: Letter, envelope_from: str | None = "anna@example.org") -> str:
    return screen(mail, ours=OURS, envelope_from=envelope_from).verdict


REQUESTS = {
    "a plain request": letter(),
    "one about bounces": letter(
        ("Subject", "Mail delivery failed: returning message to sender"),
        text="I get 'Undelivered Mail' and 550 5.1.1 User unknown when I write to bob@example.net.",
    ),
    "a bounce passed on by a person": letter(
        ("Subject", "Fwd: Undelivered Mail Returned to Sender"),
        text="What is this?\n\n<bob@example.net>: host mx[192.0.2.1] said: 550 5.1.1 User unknown",
        parts=(Part("text/plain", "What is this?"), Part("message/rfc822", "From: a@example.org\nSubject: x\n\nx")),
    ),
    "one about out of office": letter(("Subject", "Out of office: how do I switch it on?")),
    "one before a holiday": letter(("Subject", "Vacation next week, who gets my mail?")),
    "one about spam": letter(("Subject", "Spam report page is down")),
    "one with Auto-Submitted: no": letter(("Auto-Submitted", "no")),
    "one with normal precedence": letter(("Precedence", "normal")),
    "one from a postmaster who is a person": letter(
        ("From", "Postmaster Schmidt <postmaster@example.org>"),
        ("Subject", "Your message could not be delivered, please check"),
        text="We see that mail from you cannot be delivered to us since Monday. Can you look?",
    ),
    "an encrypted one": letter(
        ("Content-Type", 'multipart/encrypted; protocol="application/pgp-encrypted"'),
        text="",
        parts=(Part("application/pgp-encrypted"), Part("application/octet-stream")),
    ),
    "a signed one": letter(("Content-Type", 'multipart/signed; protocol="application/pkcs7-signature"')),
    "an invitation": letter(
        ("Subject", "Invitation: Printer meeting"),
        parts=(Part("text/plain", "Come."), Part("text/calendar", "BEGIN")),
    ),
    "an empty one": letter(text=""),
}


@pytest.mark.parametrize("mail", [mail for name, mail in REQUESTS.items() if not name.startswith("one from a post")])
def test_a_request_is_accepted_and_may_be_answered(mail: Letter) -> None:
    judgement = screen(mail, ours=OURS, envelope_from="anna@example.org")
    assert (judgement.verdict, may_answer(judgement, mail)) == ("accept", True)


def test_a_postmaster_who_is_a_person_opens_a_ticket_without_a_receipt() -> None:
    assert verdict(REQUESTS["one from a postmaster who is a person"]) == "noise"


def test_an_accepted_letter_names_its_rule() -> None:
    assert screen(letter(), ours=OURS, envelope_from=None).rule == "screen"


def test_structure_is_asked_before_the_sender() -> None:
    assert [rule.__module__.rpartition(".")[2] for rule in ORDER] == [
        "report",
        "bounce",
        "loop",
        "suspicious",
        "absence",
        "lists",
        "noise",
    ]


def test_a_bounce_with_automatic_headers_stays_a_bounce() -> None:
    assert verdict(report("Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1"), "") == "bounce"


def test_a_vacation_notice_about_a_bounce_is_an_absence() -> None:
    mail = letter(
        ("Subject", "Automatic reply: Your mail could not be delivered"),
        ("Auto-Submitted", "auto-replied"),
        text="I am away. On Monday you wrote: mail could not be delivered.",
        return_path="",
    )
    assert verdict(mail, "") == "absence"


REFUSED: tuple[Verdict, ...] = ("absence", "bounce", "report", "loop", "list", "noise", "suspicious")


@pytest.mark.parametrize("kind", REFUSED)
def test_only_an_accepted_letter_is_answered(kind: Verdict) -> None:
    assert not may_answer(Judgement(kind, "", ""), letter())


def test_headers_forbid_an_answer_even_after_a_person_accepted_the_letter() -> None:
    accepted = Judgement("accept", "", "person")
    assert not may_answer(accepted, letter(("Precedence", "bulk")))
