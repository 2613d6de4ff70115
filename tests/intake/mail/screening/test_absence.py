"""Automatic replies are known by their headers and, in many languages, by their subjects."""

import pytest

from firstline.intake.mail.screening.absence import judge
from firstline.intake.mail.screening.signs import Arrival
from tests.support.letters import letter


def is_absence(*fields: tuple[str, str], return_path: str | None = None) -> bool:
    return judge(Arrival(letter(*fields, return_path=return_path))) is not None


@pytest.mark.parametrize(
    "value", ["auto-replied", "auto-replied (vacation)", "Auto-Replied; owner-email=x@example.org"]
)
def test_the_standard_header(value: str) -> None:
    assert is_absence(("Auto-Submitted", value))


@pytest.mark.parametrize("name", ["X-Autoreply", "X-Autorespond", "X-Mail-Autoreply", "X-Vacation"])
def test_the_older_headers(name: str) -> None:
    assert is_absence((name, "yes"))


def test_an_older_header_that_says_no() -> None:
    assert not is_absence(("X-Autoreply", "no"))


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Printer",
        "Auto-Reply: Printer",
        "Autoreply: Printer",
        "Out of Office AutoReply: Printer",
        "Automatische Antwort: Drucker",
        "Abwesenheitsnotiz: Drucker",
        "Réponse automatique : Imprimante",
        "Respuesta automática: Impresora",
        "Risposta automatica: Stampante",
        "Resposta automática: Impressora",
        "Automatisk svar: Skriver",
        "Autosvar: Printer",
        "Automatiskt svar: Skrivare",
        "Automaattinen vastaus: Tulostin",
        "Automatisch antwoord: Printer",
        "Automatyczna odpowiedź: Drukarka",
        "Automatikus válasz: Nyomtató",
        "Автоматический ответ: Принтер",
        "Автоматична відповідь: Принтер",
        "Автоматичен отговор: Принтер",
        "自動応答：プリンタ",
    ],
)
def test_what_mail_programs_put_before_the_subject(subject: str) -> None:
    assert is_absence(("Subject", subject))


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office",
        "On vacation until Monday",
        "Im Urlaub",
        "På ferie",
        "Absent du bureau",
        "В отпуске",
        "У відпустці",
    ],
)
def test_a_subject_that_says_absence_needs_a_machine_beside_it(subject: str) -> None:
    assert is_absence(("Subject", subject), return_path="")
    assert not is_absence(("Subject", subject), return_path="anna@example.org")


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply does not work",
        "How do I set an automatic reply?",
        "Re: Automatic reply",
        "Autoreply broken",
        "Automatische Antwort einrichten",
    ],
)
def test_a_person_who_asks_about_automatic_replies(subject: str) -> None:
    assert not is_absence(("Subject", subject))
