"""A mail of ours as bytes: exact headers, text and HTML, and nothing that a stranger could inject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.utils import format_datetime

from firstline.core.text import line

_TYPE = re.compile(r"^[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}$")
_POLICY = policy.SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to enclose."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a mail of ours says. Addresses are plain; `reply_to` may carry a token."""

    from_name: str
    from_address: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    language: str
    automatic: bool
    desk: str
    cc: tuple[str, ...] = ()
    reply_to: str = ""
    references: tuple[str, ...] = ()
    files: tuple[Enclosure, ...] = ()


def _inert(text: str, *, limit: int) -> str:
    """One line in which nothing reads as an encoded word (RFC 2047): the library would decode it, and a line break
    in it would begin a header of its own."""
    return line(text, limit=limit).replace("=?", "= ?")


def _mailbox(address: str, name: str = "") -> HeaderAddress:
    local, _, domain = line(address, limit=320).replace("=?", "__").rpartition("@")
    return HeaderAddress(display_name=_inert(name, limit=120), username=local, domain=domain)


def _list(addresses: Sequence[str]) -> tuple[HeaderAddress, ...]:
    return tuple(_mailbox(address) for address in addresses)


def _identifier(text: str) -> str:
    """An identifier as a stranger gave it, if it is safe to say back: printable, without spaces or brackets."""
    safe = text.isascii() and text.isprintable() and not set(text) & set(" <>") and len(text) <= 900
    return text if safe else ""


def _threading(references: Sequence[str]) -> bytes:
    """In-Reply-To and References by hand: the library would turn a long identifier into encoded words."""
    if not references:
        return b""
    folded = "\r\n ".join(f"<{identifier}>" for identifier in references[-20:])
    return f"In-Reply-To: <{references[-1]}>\r\nReferences: {folded}\r\n".encode("ascii", "ignore")


def build(draft: Draft) -> bytes:
    """The mail as bytes with CRLF line ends. Automatic mail says so (RFC 3834 and Microsoft's header)."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _mailbox(draft.from_address, draft.from_name)
    if draft.to:
        mail["To"] = _list(draft.to)
    if draft.cc:
        mail["Cc"] = _list(draft.cc)
    if draft.reply_to:
        mail["Reply-To"] = _list([draft.reply_to])
    mail["Subject"] = _inert(draft.subject, limit=200)
    mail["Date"] = format_datetime(draft.date)
    mail["Message-ID"] = f"<{draft.message_id}>"
    mail["Content-Language"] = _inert(draft.language, limit=20)
    mail["X-Firstline-Desk"] = _inert(draft.desk, limit=320)
    if draft.automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["Precedence"] = "bulk"
    mail.set_content(draft.text, cte="quoted-printable")
    mail.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    for file in draft.files:
        kind = file.type.lower() if _TYPE.match(file.type.lower()) else "application/octet-stream"
        main, _, sub = kind.partition("/")
        if main in ("message", "multipart"):
            main, sub = "application", "octet-stream"
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=_inert(file.name, limit=120))
    return _threading([one for one in map(_identifier, draft.references) if one]) + mail.as_bytes()
