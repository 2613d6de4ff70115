"""Reads delivery events that a sending service mails as JSON (Amazon SES by SNS and its likes)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from .notice import LOOK, MOST, Notice, address_in

_KINDS: Final = ('"notificationType"', '"eventType"')


def notices_in(text: str) -> tuple[Notice, ...]:
    """One notice for each recipient of a Bounce, Delivery or DeliveryDelay event; () for any other text.

    Source: "Amazon SNS notification contents for Amazon SES": bounce.bouncedRecipients (emailAddress, action,
    status, diagnosticCode, as in RFC 3464), delivery.recipients with smtpResponse.
    """
    start = text[:LOOK].lstrip()
    if not start.startswith("{") or not any(kind in start[:200] for kind in _KINDS):
        return ()
    try:
        event, _ = json.JSONDecoder(strict=False).raw_decode(start)
    except (ValueError, RecursionError):
        return ()
    return tuple(notice for notice in _of_event(event) if notice.recipient)[:MOST]


def _of_event(event: Any) -> Iterator[Notice]:
    bounced = _within(event, "bounce", "bouncedRecipients") or _within(event, "deliveryDelay", "delayedRecipients")
    for one in bounced:
        if isinstance(one, dict):
            yield Notice(
                recipient=address_in(_text(one, "emailAddress")),
                action=_text(one, "action").lower() or ("failed" if "bounce" in event else "delayed"),
                status=_text(one, "status"),
                words=_text(one, "diagnosticCode"),
            )
    for address in _within(event, "delivery", "recipients"):
        words = _text(event["delivery"], "smtpResponse")
        yield Notice(recipient=address_in(str(address)), action="delivered", words=words)


def _within(event: Any, outer: str, inner: str) -> list[Any]:
    found = event.get(outer) if isinstance(event, dict) else None
    listed = found.get(inner) if isinstance(found, dict) else None
    return listed[:MOST] if isinstance(listed, list) else []


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value[:4000] if isinstance(value, str) else ""
