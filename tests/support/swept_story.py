"""What happens at the swept desk: the mail that waits, and one round of every duty in one thread."""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from firstline.accounts.queries import agent_of_email
from firstline.core.time import now
from firstline.flows import claiming, replying, taking_in
from firstline.insight.check import prove
from firstline.intake.mail.letter import Cut
from firstline.intake.mail.understanding import Understood, cut, understand
from firstline.intake.models import Letter
from firstline.jobs.fetching import fetcher_of
from firstline.jobs.letters import LetterDuty
from firstline.jobs.outbox import OutboxDuty
from firstline.jobs.sendways import SendWays
from firstline.notices.models import Outgoing, Recipient
from firstline.notices.queries import mailboxes_to_fetch
from firstline.routing.queries import principal_of
from firstline.tickets.models import Entry, Ticket
from tests.support.dovecot import Account
from tests.support.mail_desk import letter
from tests.support.swept_desk import ADDRESS, Swept

QUIET_WITHIN = 30.0
BOUNCE = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {desk}
Subject: Undelivered mail
Message-ID: <bounce@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Your mail could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{identifier}>
To: {to}
--b--
"""


class InThread:
    """Reads letters in this very thread: the parser's twin without a child process."""

    def understand(self, raw: bytes, *, ours: frozenset[str], envelope_from: str | None) -> Understood:
        return understand(raw, ours=ours, envelope_from=envelope_from)

    def cut(self, text: str, html: str, *, sent: tuple[str, ...]) -> Cut:
        return cut(text, html, sent=sent)


def warm() -> None:
    """Load here what is loaded on first use, so that no child has to."""
    for name in ("_strptime", "babel.numbers", "dateutil.easter", "django.db.models.sql.compiler",
                 "firstline.search.models", "holidays.countries"):
        importlib.import_module(name)
    InThread().understand(letter(), ours=frozenset(), envelope_from=None)


def prepare() -> list[str]:
    """Two tickets by mail whose receipts left, then an answer to each that waits; the Message-IDs of all four."""
    for name in ("kari", "ola"):
        raw = letter(sender=f"{name}@customer.example", subject=f"Trouble of {name}", message_id=f"<{name}@first>")
        taking_in.take_in(taking_in.Arrived(raw, "lmtp", recipient=ADDRESS), now=now())
    work_until_quiet()
    agent = principal_of(agent_of_email("anna@example.org") or 0)
    assert agent is not None
    for number in Ticket.objects.order_by("number").values_list("number", flat=True):
        replying.reply(number, by=agent, now=now() - timedelta(minutes=1), text=f"Please try {number} again.")
    return list(Outgoing.objects.order_by("id").values_list("message_id", flat=True))


def fill(swept: Swept, account: Account, *, identifiers: list[str]) -> None:
    """Put the scenario's letters into the IMAP mailbox and into the spool of the mail server."""
    kari_receipt, ola_receipt, kari_answer, _ = identifiers
    twice = letter(sender="liv@customer.example", subject="Scanner", message_id="<twice@customer.example>")
    away = letter(sender="kari@customer.example", subject="Out of office", text="I am away.",
                  references=kari_receipt, headers={"Auto-Submitted": "auto-replied"})
    for raw in (letter(sender="per@customer.example", subject="Screen", message_id="<screen@customer.example>"),
                letter(sender="kari@customer.example", subject="Re: Trouble", text="Still broken.",
                       message_id="<again@customer.example>", references=kari_answer), away, twice):
        account.append(raw)
    by_lmtp = [twice + b"\r\n", bounce(ola_receipt, to="ola@customer.example"),
               letter(sender="siri@customer.example", subject="Mouse", message_id="<mouse@customer.example>"),
               letter(sender="ola@customer.example", subject="Re: Trouble", text="Now it works.",
                      message_id="<works@customer.example>", references=ola_receipt)]
    for place, raw in enumerate(by_lmtp):
        (swept.prepared_spool / f"{place}.eml").write_bytes(raw)


def bounce(identifier: str, *, to: str) -> bytes:
    """A report that a mail of ours could not be delivered (RFC 3464)."""
    return BOUNCE.format(identifier=identifier, to=to, desk=ADDRESS).replace("\n", "\r\n").encode()


def drive(swept: Swept) -> None:
    """Start after a crash or anew: fetch, take what the mail server has, and work until nothing is due."""
    claiming.release_dead(now=now())
    for box in mailboxes_to_fetch():
        fetcher_of(box, wake=threading.Event()).fetch()
    hand_over(swept.spool)
    work_until_quiet()


def hand_over(spool: Path) -> None:
    """As a mail server does by LMTP: a mail leaves its spool only after it was taken."""
    for file in sorted(spool.glob("*.eml")):
        with contextlib.suppress(FileNotFoundError):  # the other worker was handed it meanwhile
            taking_in.take_in(taking_in.Arrived(file.read_bytes(), "lmtp", recipient=ADDRESS), now=now())
            file.unlink()


def work_until_quiet() -> None:
    """The duties of a worker, one after the other, until nothing waits."""
    ways = SendWays()
    letters = LetterDuty(InThread(), worker=claiming.worker_name())
    outbox = OutboxDuty(ways, worker=f"{claiming.worker_name()}:outbox")
    deadline = time.monotonic() + QUIET_WITHIN
    while time.monotonic() < deadline:
        if letters.once() + outbox.once():
            continue
        if is_quiet():
            break
        time.sleep(0.05)
    ways.close()


def is_quiet() -> bool:
    """Whether nothing is waiting or in hand."""
    return not (Letter.objects.filter(state__in=("received", "working")).exists()
                or Outgoing.objects.filter(state__in=("waiting", "sending")).exists())


def facts(swept: Swept) -> dict[str, Any]:
    """What must be the same whatever was killed, and what the check says."""
    report = prove(now=now())
    return {
        "breaches": [f"{one.object}: {one.sentence}" for one in report.breaches],
        "spool": len(list(swept.spool.glob("*.eml"))),
        "letters": sorted(map(list, Letter.objects.values_list("message_id", "state", "outcome"))),
        "entries": sorted(map(list, Entry.objects.values_list("ticket__subject", "kind"))),
        "receipts": sorted(Recipient.objects.filter(automatic=True).values_list("email", flat=True)),
        "unsent": Outgoing.objects.exclude(state="sent").count(),
        "mails": Outgoing.objects.count(),
    }
