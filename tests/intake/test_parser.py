"""The parser child: fast, limited, replaceable."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from threading import Timer

import pytest

from firstline.intake.mail.reading import Unreadable
from firstline.intake.mail.understanding import Understood, understand
from firstline.intake.parser import Parser, ParserDied

SMALL = (
    b"From: Ann <ann@example.com>\nTo: desk@example.org\nCc: bo@example.com\nSubject: =?utf-8?q?Bl=C3=A5?=\n"
    b"Message-ID: <1@example.com>\nDate: Mon, 6 May 2024 10:00:00 +0200\n"
    b"Content-Type: multipart/mixed; boundary=b\n\n"
    b"--b\nContent-Type: text/html; charset=utf-8\n\n<p>My <b>printer</b> is broken.</p>\n"
    b"--b\nContent-Disposition: attachment; filename=x.bin\nContent-Transfer-Encoding: base64\n\nAAEC/w==\n--b--\n"
)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as started:
        yield started


def ask(parser: Parser, raw: bytes) -> Understood:
    return parser.understand(raw, ours=frozenset({"desk@example.org"}), envelope_from="ann@example.com")


def pid(parser: Parser) -> int:
    ask(parser, SMALL)
    assert parser.pid is not None
    return parser.pid


def test_the_child_says_what_the_rules_say(parser: Parser) -> None:
    here = understand(SMALL, ours=frozenset({"desk@example.org"}), envelope_from="ann@example.com")
    assert ask(parser, SMALL) == here


def test_the_child_stays_for_the_next_letter(parser: Parser) -> None:
    assert pid(parser) == pid(parser)


def test_the_child_cuts_with_what_we_sent(parser: Parser) -> None:
    found = parser.cut("Thanks!\n\n> Please restart the printer.\n", "", sent=("Please restart the printer.",))
    assert found.reply.strip() == "Thanks!"


def test_an_empty_letter_is_unreadable(parser: Parser) -> None:
    with pytest.raises(Unreadable):
        ask(parser, b"")


def test_a_large_letter_passes(parser: Parser) -> None:
    raw = SMALL.replace(b"AAEC/w==", b"AAEC" * 7_000_000)
    assert ask(parser, raw).letter.attachments[0].size > 20_000_000


def test_a_killed_child_is_told_and_replaced(parser: Parser) -> None:
    os.kill(pid(parser), 9)
    time.sleep(0.2)
    assert ask(parser, SMALL).letter.headers.subject == "Blå"


def test_the_child_holds_no_django(parser: Parser) -> None:
    assert "_sqlite3" not in Path(f"/proc/{pid(parser)}/maps").read_text()


def test_the_child_is_small() -> None:
    with Parser() as fresh:
        pages = int(Path(f"/proc/{pid(fresh)}/statm").read_text().split()[1])
    assert pages * os.sysconf("SC_PAGE_SIZE") < 48 * 1024 * 1024


def test_the_child_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    with Parser() as fresh:
        assert b"secret" not in Path(f"/proc/{pid(fresh)}/environ").read_bytes()


def test_the_child_is_under_a_memory_limit(parser: Parser) -> None:
    limits = Path(f"/proc/{pid(parser)}/limits").read_text()
    assert f"Max address space         {512 * 1024 * 1024}" in limits


def test_every_letter_gets_five_seconds_of_processor_time(parser: Parser) -> None:
    ask(parser, SMALL)
    limit = next(line for line in Path(f"/proc/{pid(parser)}/limits").read_text().splitlines() if "cpu time" in line)
    assert 5 <= int(limit.split()[3]) <= 60


def test_a_child_that_hangs_is_ended_and_told() -> None:
    with Parser(wall_seconds=0.5) as patient:
        os.kill(pid(patient), signal.SIGSTOP)
        with pytest.raises(ParserDied, match="longer than allowed"):
            ask(patient, SMALL)


def test_too_much_processor_time_is_told() -> None:
    with Parser() as busy:
        child = pid(busy)
        os.kill(child, signal.SIGSTOP)
        Timer(0.2, lambda: [os.kill(child, number) for number in (signal.SIGXCPU, signal.SIGCONT)]).start()
        with pytest.raises(ParserDied, match="more processor time"):
            ask(busy, SMALL)


def test_too_much_time_ends_the_child_and_is_told() -> None:
    with Parser(wall_seconds=0.0) as hurried, pytest.raises(ParserDied, match="longer than allowed"):
        ask(hurried, SMALL)


def test_after_a_death_the_next_letter_is_read() -> None:
    with Parser() as unlucky:
        ask(unlucky, SMALL)
        with pytest.raises(ParserDied, match="more memory"):
            ask(unlucky, bytes(600_000_000))
        assert ask(unlucky, SMALL).letter.headers.subject == "Blå"


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_child_ends_when_the_desk_is_killed() -> None:
    code = "import time; from firstline.intake.parser import Parser; p = Parser(); p.cut('a', '', sent=());"
    desk = subprocess.Popen([sys.executable, "-c", code + "print(p.pid, flush=True); time.sleep(60)"], stdout=PIPE)
    assert desk.stdout is not None
    child = int(desk.stdout.readline())
    desk.kill()
    desk.communicate()
    deadline = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)
