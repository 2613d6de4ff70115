"""Letters that a person should see first."""

import pytest

from firstline.intake.mail.letter import Attached, Letter
from firstline.intake.mail.screening.signs import Arrival
from firstline.intake.mail.screening.suspicious import judge
from tests.support.letters import letter

OURS = frozenset({"desk@example.com"})


def is_suspicious(mail: Letter) -> bool:
    return judge(Arrival(mail, OURS)) is not None


def program(name: str) -> Attached:
    return Attached(name, "application/octet-stream", b"MZ")


@pytest.mark.parametrize("sender", ["", "<>", "Somebody", "nobody <nobody>"])
def test_no_usable_sender(sender: str) -> None:
    assert is_suspicious(letter(("From", sender)))


def test_several_from_headers() -> None:
    assert is_suspicious(letter(("From", "a@example.org"), ("From", "b@example.org")))


def test_several_senders_in_one_header() -> None:
    assert is_suspicious(letter(("From", "a@example.org, b@example.net")))


def test_several_authors_with_a_sender() -> None:
    assert not is_suspicious(letter(("From", "a@example.org, b@example.net"), ("Sender", "a@example.org")))


def test_a_name_that_holds_an_address_is_one_sender() -> None:
    assert not is_suspicious(letter(("From", '"anna@example.org" <anna@example.org>')))


def test_control_headers_of_ours() -> None:
    assert is_suspicious(letter(("X-Firstline-Agent", "admin@example.com")))


def test_control_headers_of_other_systems_mean_nothing() -> None:
    assert not is_suspicious(letter(("RT-Send-Cc", "boss@example.org")))


@pytest.mark.parametrize("result", ["spf=fail", "dmarc=fail (p=NONE)", "spf=softfail"])
def test_our_own_address_forged(result: str) -> None:
    fields = ("From", "desk@example.com"), ("Authentication-Results", f"mx.example.com; {result}")
    assert is_suspicious(letter(*fields))


def test_a_stranger_who_fails_authentication_is_not_our_business_here() -> None:
    assert not is_suspicious(letter(("Authentication-Results", "mx.example.com; spf=fail")))


def test_nothing_but_a_program() -> None:
    assert is_suspicious(letter(text=" ", attachments=(program("invoice.pdf.exe"),)))


def test_a_program_with_words() -> None:
    assert not is_suspicious(letter(attachments=(program("setup.exe"),)))
