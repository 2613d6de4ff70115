"""M01: what must never be answered, one test for each header."""

import pytest

from firstline.intake.mail.letter import Letter, Part
from firstline.intake.mail.screening import may_answer, screen
from tests.support.letters import letter

OURS = frozenset({"desk@example.com"})


def verdict_and_answer(mail: Letter, envelope_from: str | None = "anna@example.org") -> tuple[str, bool]:
    judgement = screen(mail, ours=OURS, envelope_from=envelope_from)
    return judgement.verdict, may_answer(judgement, mail)


@pytest.mark.parametrize("value", ["auto-generated", "auto-notified", "Auto-Generated (failure)", "something-else"])
def test_auto_submitted_other_than_no(value: str) -> None:
    assert verdict_and_answer(letter(("Auto-Submitted", value))) == ("noise", False)


def test_auto_submitted_auto_replied() -> None:
    assert verdict_and_answer(letter(("Auto-Submitted", "auto-replied"))) == ("absence", False)


@pytest.mark.parametrize("value", ["bulk", "junk", "Bulk"])
def test_precedence_bulk_and_junk(value: str) -> None:
    assert verdict_and_answer(letter(("Precedence", value))) == ("noise", False)


def test_precedence_list() -> None:
    assert verdict_and_answer(letter(("Precedence", "list"))) == ("list", False)


def test_list_id() -> None:
    assert verdict_and_answer(letter(("List-Id", "<staff.example.org>"))) == ("list", False)


def test_list_unsubscribe() -> None:
    assert verdict_and_answer(letter(("List-Unsubscribe", "<mailto:off@example.org>"))) == ("list", False)


@pytest.mark.parametrize("value", ["All", "AutoReply", "OOF", "DR, OOF, AutoReply"])
def test_auto_response_suppress(value: str) -> None:
    assert verdict_and_answer(letter(("X-Auto-Response-Suppress", value))) == ("noise", False)


@pytest.mark.parametrize("value", ["None", "DR, RN, NRN"])
def test_suppressing_receipts_only_leaves_a_request(value: str) -> None:
    assert verdict_and_answer(letter(("X-Auto-Response-Suppress", value))) == ("accept", True)


def test_null_envelope_sender() -> None:
    assert verdict_and_answer(letter(), "")[0] == "noise"


def test_null_return_path() -> None:
    assert verdict_and_answer(letter(return_path=""), None) == ("noise", False)


@pytest.mark.parametrize("kind", ["disposition-notification", "something-new"])
def test_any_multipart_report(kind: str) -> None:
    mail = letter(("Content-Type", f"multipart/report; report-type={kind}"), parts=(Part("text/plain", "Read."),))
    assert verdict_and_answer(mail) == ("noise", False)


@pytest.mark.parametrize(
    "sender",
    [
        "mailer-daemon",
        "postmaster",
        "no-reply",
        "noreply",
        "do-not-reply",
        "donotreply",
        "shop-noreply",
        "no_reply",
        "noreply+abc",
        "noreply-2931",
        "bounces",
        "bounce+x=y",
    ],
)
def test_senders_that_take_no_answer(sender: str) -> None:
    assert verdict_and_answer(letter(("From", f"{sender}@example.org"))) == ("noise", False)


@pytest.mark.parametrize("sender", ["norbert.reply", "nora", "notable", "bouncer", "postmasters-assistant"])
def test_senders_whose_names_only_look_alike(sender: str) -> None:
    assert verdict_and_answer(letter(("From", f"{sender}@example.org"))) == ("accept", True)


@pytest.mark.parametrize("sender", ["desk@example.com", "Desk@Example.com", "desk+t0ken@example.com"])
def test_our_own_addresses(sender: str) -> None:
    assert verdict_and_answer(letter(("From", sender))) == ("loop", False)


def test_a_reply_address_that_is_our_own() -> None:
    assert verdict_and_answer(letter(("Reply-To", "desk@example.com")))[0] == "noise"
