"""The raw letters that the demo desk gets: plain and HTML, with pictures, answers, and those nobody wants."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string, policy
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, make_msgid
from html import escape

DESK = "help@dunatherm.example"
# Folding at 78 would write a long Message-ID as encoded words, which no mail program does.
_POLICY = policy.SMTP.clone(max_line_length=900)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is bytes; `answers` are Message-IDs without brackets, `quoted` what is quoted below."""

    sender: tuple[str, str]
    subject: str
    text: str
    at: datetime
    closing: str = ""
    answers: Sequence[str] = ()
    quoted: str = ""
    cc: Sequence[tuple[str, str]] = ()
    headers: Sequence[tuple[str, str]] = ()


def plain(draft: Draft, *, charset: str = "utf-8") -> bytes:
    """A letter of text alone; what the character set cannot say makes it UTF-8."""
    message = _headed(draft)
    text = _whole(draft)
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    message.set_content(text, charset=charset)
    return message.as_bytes()


def styled(draft: Draft) -> bytes:
    """A letter with text and HTML, as most programs write it."""
    message = _headed(draft)
    message.set_content(_whole(draft))
    message.add_alternative(_html(draft), subtype="html")
    return message.as_bytes()


def pictured(draft: Draft, *, name: str) -> bytes:
    """A letter with text, HTML and a picture of a screen."""
    message = _headed(draft)
    message.set_content(_whole(draft))
    message.add_alternative(_html(draft), subtype="html")
    message.add_attachment(_screenshot(draft.subject), maintype="image", subtype="png", filename=name)
    return message.as_bytes()


def bounced(*, to: str, message_id: str, subject: str, at: datetime) -> bytes:
    """A delivery report (RFC 3464): the address is unknown at the far end."""
    host = to.rpartition("@")[2]
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"] = f"Mail Delivery System <MAILER-DAEMON@mx.{host}>"
    report["To"], report["Date"] = DESK, format_datetime(at)
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Message-ID"] = make_msgid(domain=f"mx.{host}")
    report["Auto-Submitted"] = "auto-replied"
    said = f"550 5.1.1 <{to}>: Recipient address rejected: User unknown"
    report.attach(MIMEText(f"This is the mail system at mx.{host}.\n\nYour mail was not delivered.\n\n{said}\n"))
    status = MIMEBase("message", "delivery-status")
    status.set_payload([message_from_string(f"Reporting-MTA: dns; mx.{host}\n\n"), message_from_string(
        f"Final-Recipient: rfc822; {to}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; {said}\n\n")])
    report.attach(status)
    original = EmailMessage()
    original["From"], original["To"], original["Subject"] = DESK, to, subject
    original["Message-ID"] = f"<{message_id}>"
    report.attach(MIMEMessage(original))
    return report.as_bytes(policy=_POLICY)


def _headed(draft: Draft) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    domain = draft.sender[1].rpartition("@")[2]
    message["From"] = formataddr(draft.sender)
    message["To"] = formataddr(("Dunatherm Help Desk", DESK))
    if draft.cc:
        message["Cc"] = ", ".join(formataddr(one) for one in draft.cc)
    message["Subject"], message["Date"] = draft.subject, format_datetime(draft.at)
    message["Message-ID"] = make_msgid(domain=domain)
    if draft.answers:
        message["In-Reply-To"] = f"<{draft.answers[-1]}>"
        message["References"] = " ".join(f"<{one}>" for one in draft.answers)
    for name, value in draft.headers:
        message[name] = value
    return message


def _whole(draft: Draft) -> str:
    quoted = f"\n\n{draft.quoted}" if draft.quoted else ""
    closing = f"\n\n{draft.closing}" if draft.closing else ""
    return f"{draft.text}{closing}{quoted}\n"


def _html(draft: Draft) -> str:
    body = "".join(f"<p>{_broken(part)}</p>" for part in draft.text.split("\n\n"))
    closing = f'<p style="color:#55606a">{_broken(draft.closing)}</p>' if draft.closing else ""
    head, _, rest = draft.quoted.partition("\n")
    said = "\n".join(line.removeprefix(">").removeprefix(" ") for line in rest.splitlines())
    quoted = (f'<div class="gmail_quote"><div>{escape(head)}</div><blockquote class="gmail_quote">{_broken(said)}'
              "</blockquote></div>") if draft.quoted else ""
    return f'<html><body style="font-family:Calibri,sans-serif">{body}{closing}{quoted}</body></html>'


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _screenshot(seed: str) -> bytes:
    """A picture of a window with a message in it, as a PNG file (RFC 2083)."""
    width, height = 480, 300
    lines = [60 + zlib.crc32(f"{seed}{row}".encode()) % 260 for row in range(7)]
    rows = (b"\x00" + b"".join(_pixel(x, y, lines) for x in range(0, width, 4)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows)))
            + _chunk(b"IEND", b""))


def _pixel(x: int, y: int, lines: list[int]) -> bytes:
    """Four points beside each other."""
    row, within = divmod(y - 70, 26)
    if y < 28:
        colour = b"\x2f\x5d\x62" if x < 452 or y < 8 or y > 20 else b"\xc2\x45\x3d"
    elif 0 <= row < len(lines) and within < 9 and 40 <= x < 40 + lines[row]:
        colour = b"\xc2\x45\x3d" if row == 0 else b"\x8a\x94\x98"
    elif y > 258 and y < 284 and 360 < x < 450:
        colour = b"\x2f\x5d\x62"
    else:
        colour = b"\xf4\xf5\xf3"
    return colour * 4


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
