"""What a mailbox of the desk is: its address, the servers it is read from and sent through, and how."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

ImapSecurity = Literal["tls", "plain"]
SmtpSecurity = Literal["tls", "starttls", "plain"]
SignIn = Literal["password", "xoauth2"]

_IMAP: dict[str, tuple[ImapSecurity, int]] = {"imaps": ("tls", 993), "imap": ("plain", 143)}
_SMTP: dict[str, tuple[SmtpSecurity, int]] = {
    "smtps": ("tls", 465),
    "smtp+starttls": ("starttls", 587),
    "smtp": ("plain", 25),
}


class MailboxWrong(ValueError):
    """A setting of a mailbox that cannot be used; `sentence` says what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where letters are fetched; `plain` is a deliberate choice (`imap://`), never a fallback."""

    host: str
    port: int
    security: ImapSecurity
    user: str
    folder: str = "INBOX"

    def __post_init__(self) -> None:
        for text in (self.host, self.user, self.folder):
            _printable(text)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed over; without a user it is sent without signing in."""

    host: str
    port: int
    security: SmtpSecurity
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for text in (self.host, self.user):
            _printable(text)


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One mailbox; `after` is what becomes of a stored letter: `seen`, `delete`, `move:FOLDER`, `nothing`."""

    address: str
    name: str
    imap: ImapServer | None = None
    smtp: SmtpServer | None = None
    sign_in: SignIn = "password"
    after: str = "seen"

    def __post_init__(self) -> None:
        word, _, folder = _printable(self.after).partition(":")
        if self.after not in ("seen", "delete", "nothing") and not (word == "move" and folder):
            raise MailboxWrong("What becomes of a stored letter is one of seen, delete, move:FOLDER, nothing.")


def parse_imap_url(url: str) -> ImapServer:
    """Reads `imaps://USER@HOST[:PORT][/FOLDER]`, or `imap://` for a deliberate plain connection (RFC 5092).

    User and folder may be percent-encoded. Raises MailboxWrong, also for a password in the URL, since
    a command line is visible to everybody on the machine.
    """
    parts = _split(url, schemes=tuple(_IMAP), example="imaps://USER@HOST/INBOX")
    security, port = _IMAP[parts.scheme]
    if parts.password is not None:
        raise MailboxWrong("The mailbox URL must not hold a password; give it with --password-file.")
    user = unquote(parts.username or "")
    if not user:
        raise MailboxWrong("The mailbox URL names no user; write imaps://USER@HOST/INBOX.")
    return ImapServer(
        host=_host(parts),
        port=_port(parts, default=port),
        security=security,
        user=user,
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def parse_smtp_url(url: str) -> SmtpServer:
    """Reads `smtps://[USER[:PASSWORD]@]HOST[:PORT]` (TLS), `smtp+starttls://` or `smtp://` (plain).

    User and password may be percent-encoded. Raises MailboxWrong.
    """
    parts = _split(url, schemes=tuple(_SMTP), example="smtps://USER:PASSWORD@HOST")
    security, port = _SMTP[parts.scheme]
    if parts.path.strip("/"):
        raise MailboxWrong("The SMTP URL ends after the host and port; it has no folder.")
    return SmtpServer(
        host=_host(parts),
        port=_port(parts, default=port),
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _split(url: str, *, schemes: tuple[str, ...], example: str) -> SplitResult:
    text = _printable(url.strip())
    try:
        parts = urlsplit(text)
    except ValueError:
        raise MailboxWrong(f"The URL cannot be read; write it like {example}.") from None
    if parts.scheme not in schemes:
        choices = ", ".join(f"{scheme}://" for scheme in schemes)
        raise MailboxWrong(f"The URL must begin with one of {choices}; write it like {example}.")
    if parts.query or parts.fragment:
        raise MailboxWrong("The URL has a ? or #; write them as %3F and %23 if they belong to a name.")
    return parts


def _host(parts: SplitResult) -> str:
    if not parts.hostname:
        raise MailboxWrong("The URL names no host.")
    return parts.hostname


def _port(parts: SplitResult, *, default: int) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise MailboxWrong("The port must be a number from 1 to 65535.")
    return default if port is None else port


def _printable(text: str) -> str:
    """Line breaks and other control characters would let a setting write IMAP or SMTP commands."""
    if not all(mark.isprintable() for mark in text):
        raise MailboxWrong("A setting of the mailbox holds a control character.")
    return text
