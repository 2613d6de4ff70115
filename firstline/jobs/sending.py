"""What sending a mail means for those who ask for it, whoever carries it out; with a sender in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import idna

FailureKind = Literal["recipient", "message", "auth", "tls", "network"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server took the mail for all recipients; `answer` is what it said."""

    accepted: tuple[str, ...]
    answer: str


class SendFailed(Exception):
    """Not every recipient was served.

    `permanent` and `temporary` give the reason for each recipient as it was asked for; `accepted` were
    served and must not get the mail again. `kind` tells whose trouble it is; only `recipient` and `message`
    speak of this mail, the others of the line to the server.
    """

    def __init__(
        self,
        sentence: str,
        *,
        kind: FailureKind,
        permanent: dict[str, str] | None = None,
        temporary: dict[str, str] | None = None,
        accepted: Iterable[str] = (),
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.kind = kind
        self.permanent = permanent or {}
        self.temporary = temporary or {}
        self.accepted = tuple(accepted)


class Sender(Protocol):
    """Hands a mail to its recipients; `envelope_from` may be '' (the null sender). Raises SendFailed."""

    def send(self, raw: bytes, *, envelope_from: str, recipients: list[str]) -> Receipt: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Route:
    """An address as the envelope needs it: the domain in ASCII (RFC 5891), `utf8` if the rest is not."""

    address: str
    utf8: bool


class AddressWrong(ValueError):
    """The address cannot stand in an envelope."""


def route(address: str) -> Route:
    """The envelope form of an address; raises AddressWrong, also for anything that could end the command."""
    local, at, domain = address.rpartition("@")
    forbidden = any(not mark.isprintable() or mark in " <>,;" for mark in address)
    if forbidden or not (at and local and domain) or len(address) > 320:
        raise AddressWrong("It is not a mail address.")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise AddressWrong("The domain of the address is wrong.") from None
    return Route(f"{local}@{domain}", utf8=not local.isascii())


def routes(recipients: Iterable[str]) -> tuple[dict[str, Route], dict[str, str]]:
    """The envelope form of each recipient, and the reason for each that has none."""
    good: dict[str, Route] = {}
    wrong: dict[str, str] = {}
    for recipient in recipients:
        try:
            good[recipient] = route(recipient)
        except AddressWrong as error:
            wrong[recipient] = str(error)
    return good, wrong


def settled(accepted: Iterable[str], *, answer: str, permanent: dict[str, str], temporary: dict[str, str]) -> Receipt:
    """The receipt if all were served; otherwise raises SendFailed with everyone's lot."""
    served = tuple(accepted)
    if permanent or temporary:
        unserved = ", ".join([*permanent, *temporary])
        raise SendFailed(
            f"The mail could not be handed over for {unserved}.",
            kind="recipient",
            permanent=permanent,
            temporary=temporary,
            accepted=served,
        )
    return Receipt(served, answer)


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail as the sender in memory took it."""

    raw: bytes
    envelope_from: str
    recipients: tuple[str, ...]


class MemorySender:
    """A sender that keeps what it is given; `answers` holds the refusals of single recipients (code, text)."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.answers: dict[str, tuple[int, str]] = {}

    def send(self, raw: bytes, *, envelope_from: str, recipients: list[str]) -> Receipt:
        """As every Sender."""
        if envelope_from:
            envelope_from = sender_route(envelope_from, recipients).address
        good, permanent = routes(recipients)
        temporary: dict[str, str] = {}
        accepted = []
        for recipient in good:
            code, text = self.answers.get(recipient, (250, ""))
            if code < 400:
                accepted.append(recipient)
            else:
                (permanent if code >= 500 else temporary)[recipient] = f"{code} {text}"
        if accepted:
            self.sent.append(Sent(raw, envelope_from, tuple(good[each].address for each in accepted)))
        return settled(accepted, answer="250 kept in memory", permanent=permanent, temporary=temporary)

    def close(self) -> None:
        """Nothing is open."""


def sender_route(envelope_from: str, recipients: Iterable[str]) -> Route:
    """The envelope form of the sender; a wrong one fails the whole mail for good."""
    try:
        return route(envelope_from)
    except AddressWrong as error:
        reason = f"The sender {envelope_from[:80]!r} cannot be used. {error}"
        raise SendFailed(reason, kind="message", permanent=dict.fromkeys(recipients, reason)) from None
