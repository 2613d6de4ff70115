"""Attribution lines as mail programs print them, in the desk's languages and the commonest others."""

import pytest

from firstline.intake.mail.quotation import cut

REPLY = "Thank you, that helped.\n\nSee https://example.org/help: it works."

INTRODUCTIONS = """\
On Fri, Jan 5, 2024 at 10:11 AM Bob <bob@example.com> wrote:
On Fri, 5 Jan 2024, 10:11 Bob, <bob@example.com> wrote:
On 05/01/2024 10:11, Bob Builder wrote:
On Fri, 5 Jan 2024 10:11:12 +0000|Bob Builder <bob@example.com> wrote:
---- On Fri, 05 Jan 2024 10:11:12 +0100 Bob <bob@example.com> wrote ----
Jan 5, 2024, 10:11 by bob@example.com:
2024. jan. 5., P, 10:11 dátummal Kiss János <kiss@pelda.hu> ezt írta:
Kiss János <kiss@pelda.hu> ezt írta (időpont: 2024. jan. 5., P,|10:11):
2024.01.05. 10:11 keltezéssel, Kiss János írta:
fre. 5. jan. 2024 kl. 10:11 skrev Ola Nordmann <ola@eksempel.no>:
Den 05.01.2024 10:11, skrev Ola Nordmann:
På fre., 5. jan. 2024 kl. 10:11, skrev Ola|<ola@eksempel.no>:
Den fre. 5. jan. 2024 kl. 10.11 skrev Jens Jensen <jens@eksempel.dk>:
Den 05-01-2024 kl. 10:11 skrev Jens Jensen:
пт, 5 січ. 2024 р. о 10:11 Іван Петренко <|ivan@pryklad.ua> пише:
5 січня 2024, 10:11:12, від "Іван Петренко" <ivan@pryklad.ua>:
05.01.24 10:11, Іван Петренко пише:
На пт, 5.01.2024 г. в 10:11 Иван Петров <ivan@primer.bg> написа:
На 5.01.2024 г. в 10:11, Иван Петров написа:
Am Fr., 5. Jan. 2024 um 10:11 Uhr schrieb Max|<max@beispiel.de>:
Max Mustermann <max@beispiel.de> schrieb am Fr. 5. Jan. 2024 um 10:11:
Le ven. 5 janv. 2024 à 10:11, Jean <jean@exemple.fr> a écrit :
El vie, 5 ene 2024 a las 10:11, Juan (<juan@ejemplo.es>) escribió:
Il giorno ven 5 gen 2024 alle ore 10:11 Mario <mario@esempio.it> ha scritto:
Op vr 5 jan 2024 om 10:11 schreef Jan <jan@voorbeeld.nl>:
pt., 5 sty 2024 o 10:11 Jan Kowalski <jan@przyklad.pl> napisał(a):
Em sex., 5 de jan. de 2024 às 10:11, João <joao@exemplo.pt> escreveu:
пт, 5 янв. 2024 г. в 10:11, Иван <ivan@primer.ru>:
pá 5. 1. 2024 v 10:11 odesílatel Jan Novák <jan@priklad.cz> napsal:
pe 5. tammik. 2024 klo 10.11 Matti <matti@esimerkki.fi> kirjoitti:
Den fre 5 jan. 2024 kl 10:11 skrev Sven <sven@exempel.se>:
5 Oca 2024 Cum 10:11 tarihinde Ali <ali@ornek.com> şunu yazdı:
在 2024年1月5日，10:11，张三 <zhang@example.cn> 写道：
2024年1月5日(金) 10:11 田中 <tanaka@example.jp>:"""

PROSE = """\
On Monday 3 March 2024 at 10:30 I wrote to you:|please fix it.
Den 3. marts 2024 skrev jeg til jer om følgende:|printeren virker ikke.
On 3 March 2024 the server wrote the following to the log:|ERROR 42||Please help.
Hello,||the log said at 10:30:||ERROR disk full||What now?
A naplóban ezt írta a rendszer 10:11-kor:|Hiba 42||Mit tegyek?
Loggen skrev kl 10:11:|Feil 42||Hva gjør jeg?
Журнал пише о 10:11:|помилка 42||Що робити?
На 5.01.2024 г. в 10:11 принтерът написа:|грешка 42||Какво да правя?
Здравейте,|от 5.01.2024 г. в 10:11 не мога да вляза. Системата написа:|грешка 42
2024-01-05 10:11:12 ERROR [main]:|  at foo|2024-01-05 10:11:13 ERROR [main]:|  at bar
[10:11] Bob <bob@example.com>:|hello|[10:12] Ann <ann@example.com>:|hi||What now?
The mail from <bob@example.com> said:|please pay. Is this phishing?
At 10:11 on 5 January 2024 I received from <scam@example.com>:||Please pay.||Is it phishing?
On the 5th at 10:30, please reboot and mail bob@example.com:|- server a|- server b"""


@pytest.mark.parametrize("introduction", INTRODUCTIONS.split("\n"))
def test_an_introduction_above_quotation_marks_is_cut(introduction: str) -> None:
    body = f"{REPLY}\n\n{introduction.replace('|', chr(10))}\n\n> old words\n>\n> more\n"
    assert cut(body).reply == REPLY


@pytest.mark.parametrize("introduction", INTRODUCTIONS.split("\n"))
def test_an_introduction_without_quotation_marks_ends_the_reply(introduction: str) -> None:
    body = f"{REPLY}\n\n{introduction.replace('|', chr(10))}\n\nold words\n\nmore\n"
    assert cut(body).reply == REPLY


@pytest.mark.parametrize("prose", PROSE.split("\n"))
def test_prose_that_tells_who_wrote_what_is_no_introduction(prose: str) -> None:
    body = prose.replace("|", "\n")
    assert cut(body).reply == body


def test_an_introduction_on_the_last_line_of_the_reply_is_parted_from_it() -> None:
    body = "It works now. On Fri, 5 Jan 2024 at 10:11, Bob <bob@example.com> wrote:\n> old"
    assert cut(body).reply == "It works now."


def test_the_cut_says_which_rule_made_it() -> None:
    assert cut("Yes\n\nOn 05/01/2024 10:11, Bob Builder wrote:\n> old").rule == "attribution"


def test_a_date_and_an_address_introduce_quotation_marks_without_a_colon() -> None:
    assert cut("Yes\n\n2024/1/5 Bob Builder <bob@example.com>\n\n> old").reply == "Yes"


def test_an_address_wrapped_onto_lines_of_its_own_belongs_to_the_introduction() -> None:
    body = "Yes\n\nOn Fri, 5 Jan 2024 at 10:11 Bob\n\n<\nmailto:Bob <bob@example.com>\n> wrote:\n\nold"
    assert cut(body).reply == "Yes"


WRAPPED = """\
Kiss János <kiss@pelda.hu>|ezt írta (időpont: 2024. jan. 5., P, 10:11):
Kiss János <kiss@pelda.hu> ezt írta (időpont:|2024. jan. 5., P, 10:11):
fredag 5. januar 2024 kl.|10:11 skrev Ola Nordmann <ola@eksempel.no>:
Den fre. 5. jan.|2024 kl. 10.11 skrev Jens Jensen <jens@eksempel.dk>:
пт, 5 січ. 2024 р.|о 10:11 Іван Петренко <ivan@pryklad.ua> пише:
На пт, 5.01.2024 г.|в 10:11 Иван Петров <ivan@primer.bg> написа:"""


@pytest.mark.parametrize("introduction", WRAPPED.split("\n"))
def test_an_introduction_wrapped_within_its_date_or_name_is_cut_whole(introduction: str) -> None:
    assert cut(f"{REPLY}\n\n{introduction.replace('|', chr(10))}\n\n> old").reply == REPLY
