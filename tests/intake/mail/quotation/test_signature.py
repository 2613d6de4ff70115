"""Marked signatures are folded away with the quotation and never lost."""

import pytest

from firstline.intake.mail.quotation import cut, part_body, signature

DEVICES = """\
Sent from my iPhone
Get Outlook for iOS<https://aka.ms/o0ukef>
Sendt fra min iPhone
Hent Outlook for iOS
Elküldve az iPhone-omról
iPhone-omról küldve
Az Outlook letöltése iOS-re
Надіслано з iPhone
Изпратено от моя iPhone
Von meinem iPhone gesendet
Envoyé de mon iPhone
Skickat från min iPhone"""

SENTENCES = """\
Sent from my desk, since my phone is broken.
Sent via DHL on Monday
Sendt med posten i går
It happens in Outlook for iOS
Küldve!"""


@pytest.mark.parametrize("line", DEVICES.split("\n"))
def test_the_line_of_a_device_is_folded_away(line: str) -> None:
    parted = cut(f"It works.\n\n{line}")
    assert (parted.reply, parted.quoted) == ("It works.", line)


@pytest.mark.parametrize("line", SENTENCES.split("\n"))
def test_a_sentence_about_sending_stays(line: str) -> None:
    assert cut(f"Hello.\n\n{line}").reply == f"Hello.\n\n{line}"


def test_what_stands_below_two_dashes_is_the_signature() -> None:
    assert signature("It works.\n\n-- \nBob\n+36 1 234") == ("It works.", "--\nBob\n+36 1 234")


def test_a_signature_is_known_apart_from_reply_and_quotation() -> None:
    parted = part_body("Yes\n--\nBob\n\nOn 05/01/2024 10:11, Ann Builder wrote:\n> old")
    assert (parted.reply, parted.signature) == ("Yes", "--\nBob")


def test_a_signature_below_the_quotation_is_folded_away() -> None:
    assert cut("Yes\n\nOn 05/01/2024 10:11, Ann Builder wrote:\n> old\n\n--\nBob").reply == "Yes"


def test_long_prose_below_two_dashes_is_no_signature() -> None:
    prose = "This goes on and on, " * 8
    assert signature(f"Call me.\n\n--\n{prose}")[1] == ""


def test_a_greeting_without_a_mark_belongs_to_the_reply() -> None:
    assert cut("It works.\n\nÜdvözlettel:\nAnna").reply == "It works.\n\nÜdvözlettel:\nAnna"


def test_a_letter_of_nothing_but_a_signature_stays() -> None:
    assert cut("-- \nBob").reply == "--\nBob"
