"""A real SMTP server that keeps every message it accepted, and misbehaves when told to."""

import asyncio
import enum
import itertools
import ssl
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.waiting import free_port, wait_for


class Behaviour(enum.Enum):
    """What the sink does with the next messages."""

    ACCEPT = "answer 250"
    REFUSE_FOR_NOW = "answer 451 after DATA"
    REFUSE = "answer 550 after DATA"
    REFUSE_RECIPIENT = "answer 550 to every RCPT"
    HANG = "keep the message and never answer"
    DROP = "keep the message and cut the connection before the answer"


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it came: envelope and bytes, and whether the client was told 250."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    answered: bool

    @property
    def message(self) -> EmailMessage:
        """The message, read by the standard library."""
        return message_from_bytes(self.raw, policy=policy.default)


class SmtpSink:
    """The server; what it kept stands in `received` and as files in `folder`, one each."""

    def __init__(self, folder: Path, *, tls: ssl.SSLContext | None = None) -> None:
        self.folder = folder
        self.behaviour = Behaviour.ACCEPT
        self.received: list[Received] = []
        self._numbers = itertools.count(1)
        self.port = free_port()
        self._tls = tls
        self.start()

    @property
    def url(self) -> str:
        """Its address as FIRSTLINE_SMTP_URL takes it."""
        return f"{'smtps' if self._tls else 'smtp'}://localhost:{self.port}"

    def stop(self) -> None:
        """Close the port, if it is open; `start` opens it again."""
        if self._open:
            self._controller.stop()
        self._open = False

    def start(self) -> None:
        """Open the port, the same as before."""
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, ssl_context=self._tls, data_size_limit=64 * 1024 * 1024
        )
        self._controller.start()
        self._open = True

    def wait(self, count: int, *, seconds: float = 10.0) -> list[Received]:
        """The messages, as soon as at least `count` are there."""
        return wait_for(
            lambda: self.received if len(self.received) >= count else None,
            seconds=seconds,
            what=f"{count} messages at the SMTP sink",
        )

    def message_ids(self) -> list[str]:
        """Message-ID of everything kept, in order; doubles stand twice."""
        return [str(item.message["Message-ID"]) for item in self.received]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Called by aiosmtpd for each recipient."""
        if self.behaviour is Behaviour.REFUSE_RECIPIENT:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with the whole message; the name is its own."""
        if self.behaviour is Behaviour.REFUSE_FOR_NOW:
            return "451 4.3.0 Try again later"
        if self.behaviour is Behaviour.REFUSE:
            return "550 5.7.1 Not wanted here"
        self._keep(envelope)
        if self.behaviour is Behaviour.HANG:
            await asyncio.sleep(3600)
        if self.behaviour is Behaviour.DROP:
            transport: Any = server.transport
            transport.abort()
        return "250 OK"

    def _keep(self, envelope: Envelope) -> None:
        raw = envelope.original_content or b""
        answered = self.behaviour is Behaviour.ACCEPT
        (self.folder / f"{next(self._numbers):06}.eml").write_bytes(raw)
        self.received.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw, answered))
