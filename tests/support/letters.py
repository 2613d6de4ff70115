"""Makes letters by hand, so that rules can be tested without raw mail."""

from email.utils import getaddresses

from firstline.intake.mail.letter import Attached, Headers, Letter, Mailaddress, Part


def _addresses(value: str) -> tuple[Mailaddress, ...]:
    return tuple(Mailaddress(email.lower(), name) for name, email in getaddresses([value]) if email)


def letter(
    *fields: tuple[str, str],
    text: str = "The printer on the second floor is broken.",
    parts: tuple[Part, ...] = (),
    attachments: tuple[Attached, ...] = (),
    return_path: str | None = None,
) -> Letter:
    """A letter from a person with these headers; a header given here replaces the usual one."""
    given = {name.lower() for name, _ in fields}
    usual = [("from", "Anna Berg <anna@example.org>"), ("to", "desk@example.com"), ("subject", "Printer")]
    whole = tuple(pair for pair in usual if pair[0] not in given)
    whole += tuple((name.lower(), value) for name, value in fields)
    first = dict(reversed(whole))
    sender = _addresses(first["from"])
    headers = Headers(
        sender=sender[0] if sender else None,
        reply_to=_addresses(first.get("reply-to", "")),
        to=_addresses(first["to"]),
        cc=(),
        subject=first["subject"],
        claimed_at=None,
        message_id="made@example.org",
        in_reply_to=tuple(filter(None, [first.get("in-reply-to", "").strip("<>")])),
        references=(),
        fields=whole,
        return_path=return_path,
        authentication=tuple(value for name, value in whole if name == "authentication-results"),
    )
    kind = first.get("content-type", "text/plain").partition(";")[0]
    leaves = parts or (Part("text/plain", text),)
    return Letter(headers, text, "", attachments, leaves, None, "", content_type=kind)


def report(status: str, *, text: str = "Your message could not be delivered.", returned: str = "") -> Letter:
    """A delivery report (RFC 3464) with this message/delivery-status part."""
    parts = [Part("text/plain", text), Part("message/delivery-status", status)]
    if returned:
        parts.append(Part("text/rfc822-headers", returned))
    return letter(
        ("From", "Mail Delivery System <MAILER-DAEMON@mx.example.net>"),
        ("Subject", "Undelivered Mail Returned to Sender"),
        ("Content-Type", "multipart/report; report-type=delivery-status; boundary=b"),
        text=text,
        parts=tuple(parts),
        return_path="",
    )


def prose(text: str, *, sender: str = "MAILER-DAEMON@mx.example.net", subject: str = "failure notice") -> Letter:
    """A delivery report that is nothing but text."""
    return letter(("From", sender), ("Subject", subject), text=text, return_path="")
