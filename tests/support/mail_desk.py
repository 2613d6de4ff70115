"""A desk for stories: set up, with agents, customers, and a worker that is called by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from firstline.accounts.principal import OPERATOR, Principal
from firstline.flows import claiming, receive, setting_up, taking_in
from firstline.flows.agents import add_agent
from firstline.intake.mail.understanding import understand
from firstline.notices.models import Mailbox, Outgoing
from firstline.notices.queries import our_addresses
from firstline.routing import queries as routing

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK = "desk@example.org"


def letter(
    *,
    sender: str = "Eszter Kovács <eszter@customer.example>",
    to: str = DESK,
    subject: str = "Printer",
    text: str = "The printer on floor 3 does nothing.",
    at: datetime = MONDAY,
    message_id: str = "",
    references: str = "",
    cc: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A plain mail as bytes."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id or make_msgid(domain="customer.example")
    if cc:
        mail["Cc"] = cc
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    threading = f"References: <{references}>\r\nIn-Reply-To: <{references}>\r\n".encode() if references else b""
    return threading + mail.as_bytes()


@dataclass
class Desk:
    """What a story acts on; `now` moves by hand."""

    agent: Principal
    lead: Principal
    now: datetime = MONDAY
    last: list[receive.Became] = field(default_factory=list)

    def take(self, raw: bytes, *, envelope_from: str | None = None) -> int:
        """Keep a letter without handling it."""
        arrived = taking_in.Arrived(raw, "pipe", envelope_from=envelope_from)
        return taking_in.take_in(arrived, now=self.now).letter

    def work(self, *, worker: str = "tests") -> list[receive.Became]:
        """Handle every letter that is due, without a parser child."""
        self.last = []
        for number in claiming.claim_letters(worker=worker, now=self.now, limit=500):
            self.last.append(self.handle(number, worker=worker))
        return self.last

    def handle(self, number: int, *, worker: str = "tests") -> receive.Became:
        from firstline.intake.queries import kept_letter

        kept = kept_letter(number)
        understood = understand(kept.raw, ours=our_addresses(), envelope_from=kept.envelope_from)
        return receive.receive(number, understood, worker=worker, now=self.now)

    def mail_in(self, **words: Any) -> receive.Became:
        """One mail, kept and handled."""
        self.take(letter(**{"at": self.now, **words}))
        return self.work()[-1]

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def outgoing(self) -> list[Outgoing]:
        return list(Outgoing.objects.order_by("id"))


def make_desk() -> Desk:
    """A fresh desk in the test's own database."""
    setting_up.seed(language="en", now=MONDAY)
    Mailbox.objects.update(address=DESK)
    lead = add_agent(by=OPERATOR, now=MONDAY, email="lead@example.org", name="Ingrid Lead", roles=["lead"])
    agent = add_agent(by=OPERATOR, now=MONDAY, email="agent@example.org", name="Anna Agent", roles=["front-line"])
    found = [routing.principal_of(one) for one in (agent, lead)]
    assert found[0] and found[1]
    return Desk(found[0], found[1])
