"""Ten mails made to hurt whoever reads them, and a run in which they come among good mail."""

from __future__ import annotations

import base64
import resource
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstline.core.time import now
from firstline.flows.receive import Became
from firstline.intake.models import Letter
from firstline.intake.parser import Parser
from firstline.jobs.letters import LetterDuty
from tests.support.mail_desk import Desk, letter

HEAD = "From: Bob <b@evil.example>\r\nTo: desk@example.org\r\nSubject: {}\r\nMessage-ID: <{}@evil.example>\r\n"


@dataclass(frozen=True, slots=True)
class Fared:
    """What became of one letter, how long it took to read, and how long it waited (seconds)."""

    name: str
    state: str
    outcome: str
    reason: str
    cpu_s: float
    waited_s: float


def _mail(name: str, headers: str = "", body: str = "Hello.", *, subject: str = "") -> bytes:
    return (HEAD.format(subject or name, name) + headers + "\r\n" + body).encode()


def nested_parts() -> bytes:
    opening = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(3000))
    return _mail("nested", 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b0"\r\n', opening)


def nested_messages() -> bytes:
    return _mail("messages", "Content-Type: message/rfc822\r\n", "Content-Type: message/rfc822\r\n\r\n" * 20_000)


def many_recipients() -> bytes:
    return _mail("recipients", "Cc: " + ",\r\n ".join(f"P {n} <p{n}@x.example>" for n in range(20_000)) + "\r\n")


def encoded_words() -> bytes:
    return _mail("words", subject="\r\n ".join(["=?utf-8?q?a=20b?="] * 40_000))


def encoded_subject() -> bytes:
    """As many as fit below the limit of one header."""
    return _mail("subject", subject=" ".join(["=?utf-8?b?YWJj?="] * 3_500))


def nested_html() -> bytes:
    return _mail("divs", "Content-Type: text/html\r\n", "<div>" * 100_000 + "Hello" + "</div>" * 100_000)


def many_parts() -> bytes:
    parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 200_000
    return _mail("parts", "Content-Type: multipart/mixed; boundary=b\r\n", parts + "--b--\r\n")


def huge_header() -> bytes:
    return _mail("header", "X-Long: " + "a" * 5_000_000 + "\r\n")


def compressed_winmail() -> bytes:
    """A winmail.dat whose attachment says that it is far larger than it is, and compresses well."""
    data = zlib.compress(b"\0" * 30_000_000, 9)
    chunk = struct.pack("<BII", 2, 0x0006800F, 0x7FFFFFFF) + data + struct.pack("<H", 0)
    tnef = struct.pack("<IH", 0x223E9F78, 1) + chunk * 20
    body = base64.encodebytes(tnef).decode().replace("\n", "\r\n")
    headers = 'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n'
    return _mail("winmail", headers, body)


def quoted_reply() -> bytes:
    return _mail("quotes", "Content-Type: text/plain\r\n", ("> " * 500 + "x\r\nOn Monday, a wrote:\r\n") * 3_000)


BOMBS: tuple[Callable[[], bytes], ...] = (
    nested_parts, nested_messages, many_recipients, encoded_words, encoded_subject, nested_html, many_parts,
    huge_header, compressed_winmail, quoted_reply)


def among_good_mail(desk: Desk, parser: Parser, *, good: int = 50) -> tuple[list[Fared], list[Fared]]:
    """Take in ten bombs spread over `good` good letters, handle all with retries; how both fared."""
    desk.now = now()
    bombs: dict[int, str] = {}
    every = max(1, good // len(BOMBS))
    for n in range(good):
        if n % every == 0 and n // every < len(BOMBS):
            bomb = BOMBS[n // every]
            bombs[desk.take(bomb())] = bomb.__name__
        desk.take(letter(sender=f"p{n}@good.example", subject=f"Good {n}", message_id=f"<good{n}@good.example>"))
    costs = _handle_all(parser)
    rows = Letter.objects.order_by("id").values_list("id", "state", "outcome", "reason", "handled_at")
    fared = {id_: Fared(bombs.get(id_, "good"), state, outcome, reason, round(costs.get(id_, 0.0), 2),
                        round(((handled or now()) - desk.now).total_seconds(), 2))
             for id_, state, outcome, reason, handled in rows}
    return [fared[one] for one in bombs], [one for id_, one in fared.items() if id_ not in bombs]


def _handle_all(parser: Parser) -> dict[int, float]:
    """Work until no letter waits, without the pauses between tries; the most processor time that each took."""
    duty = _Measured(parser)
    while True:
        while duty.once():
            pass
        if not Letter.objects.filter(state__in=("received", "working")).update(next_at=now()):
            return duty.costs


class _Measured(LetterDuty):
    """The duty itself, with a stop-watch around each letter."""

    def __init__(self, parser: Parser) -> None:
        super().__init__(parser, worker="bombs")
        self._child = parser
        self.costs: dict[int, float] = {}

    def handle(self, letter: int, *, ours: frozenset[str]) -> Became | None:
        before = self._spent()
        became = super().handle(letter, ours=ours)
        self.costs[letter] = max(self.costs.get(letter, 0.0), self._spent() - before)
        return became

    def _spent(self) -> float:
        """Processor time of the children that ended and of the one that lives."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime + _living(self._child.pid)


def _living(pid: int | None) -> float:
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100

