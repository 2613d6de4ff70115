"""Blocks of header lines and lines between dashes, in the desk's languages and the commonest others."""

import pytest

from firstline.intake.mail.quotation import cut

BLOCKS = """\
From: Bob <bob@example.com>|Sent: Friday, January 5, 2024 10:11 AM|To: Desk|Subject: RE: Printer
*From: *Bob <bob@example.com>|*Date: *Friday, January 5, 2024 at 10:11 AM|*To: *Desk|*Subject: *Printer
From: Bob [mailto:bob@example.com] Sent: Friday, January 5, 2024 10:11 AM To: Desk Subject: RE: Printer
Feladó: Kiss János <kiss@pelda.hu>|Elküldve: 2024. január 5., péntek 10:11|Címzett: Desk|Tárgy: RE: Nyomtató
Fra: Ola Nordmann|Sendt: fredag 5. januar 2024 10:11|Til: Brukerstøtte|Kopi: Kari|Emne: SV: Skriver
Fra: Jens Jensen|Sendt: 5. januar 2024 10:11|Til: Helpdesk|Emne: SV: Printer
Від: Іван Петренко|Надіслано: п'ятниця, 5 січня 2024 р. 10:11|Кому: Підтримка|Тема: Принтер
От: Иван Петров|Изпратено: петък, 5 януари 2024 г. 10:11|До: Поддръжка|Относно: Принтер
Von: Max|Gesendet: Freitag, 5. Januar 2024 10:11|An: Support|Betreff: AW: Drucker
De : Jean|Envoyé : vendredi 5 janvier 2024 10:11|À : Support|Objet : RE: Imprimante
Od: Jan|Wysłano: piątek, 5 stycznia 2024 10:11|Do: Pomoc|Temat: RE: Drukarka
Från: Sven|Skickat: den 5 januari 2024 10:11|Till: Support|Ämne: SV: Skrivare
________________________________|Feladó: Kiss János|Elküldve: 2024. január 5. 10:11|Címzett: U|Tárgy: Nyomtató
-----Original Message-----|From: Bob|Sent: Friday, January 5, 2024 10:11 AM|To: Desk|Subject: Printer
-----Eredeti üzenet-----
-----Opprinnelig melding-----
-----Oprindelig meddelelse-----
-------- Оригінальне повідомлення --------
-------- Оригинално съобщение --------
-----Ursprüngliche Nachricht-----
---------- Forwarded message ---------|From: Bob <bob@example.com>|Date: Fri, 5 Jan 2024|Subject: Printer|To: Desk
Begin forwarded message:||From: Bob <bob@example.com>|Subject: Printer|Date: 5 January 2024 at 10:11"""

FORMS = """\
From: Budapest|To: London|Date: 3 May||Please book it.
Please add:|Name: Bob|From: 5 May 2024|To: 7 May 2024|Mail: bob@example.com||Thanks
Subject: printer|Location: room 5||It is broken.
User: bob@example.com|Date: 2024-01-05 10:11|Error: 42||Please reset it.
----- Step 1 -----|click|----- Step 2 -----|crash"""


@pytest.mark.parametrize("block", BLOCKS.split("\n"))
def test_a_header_block_ends_the_reply(block: str) -> None:
    body = f"It works.\nThanks: Kari\n\n{block.replace('|', chr(10))}\n\nold words\n"
    assert cut(body).reply == "It works.\nThanks: Kari"


@pytest.mark.parametrize("block", BLOCKS.split("\n"))
def test_of_a_forwarded_mail_without_own_words_the_body_stays(block: str) -> None:
    body = f"{block.replace('|', chr(10))}\n\nThe forwarded words.\n"
    assert cut(body).reply == "The forwarded words."


@pytest.mark.parametrize("form", FORMS.split("\n"))
def test_a_form_that_somebody_filled_in_is_no_header_block(form: str) -> None:
    body = form.replace("|", "\n")
    assert cut(body).reply == body


def test_a_wrapped_address_does_not_end_the_header_block() -> None:
    body = "Yes.\n\nFrom: Bob\n<bob@example.com>\nSent: 5 January 2024 10:11\nTo: Desk\nSubject: x\n\nold"
    assert cut(body).reply == "Yes."


def test_a_labelled_line_of_the_reply_stays_above_the_block() -> None:
    body = "To: everyone in room 5\n\nFrom: Bob <bob@example.com>\nSent: 5 January 2024 10:11\nSubject: x\n\nold"
    assert cut(body).reply == "To: everyone in room 5"
