"""The desk writes to one of its own agents about itself: a link, an alarm. No ticket, no customer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from html import escape

from firstline.accounts.models import Agent
from firstline.core.text import email_key
from firstline.files import store
from firstline.notices import outbox
from firstline.notices.models import Mailbox, Outgoing, Recipient
from firstline.notices.rules import limits, message, tokens


def write(agent: Agent, box: Mailbox, *, kind: str, subject: str, lines: Sequence[str], now: datetime) -> None:
    """Put a mail for an agent into the outbox, inside the caller's transaction."""
    identifier = tokens.message_id(outbox.key(), ticket=0, nonce=secrets.token_hex(6),
                                   domain=box.address.rpartition("@")[2])
    raw = message.build(message.Draft(
        from_name=box.name, from_address=box.address, to=(agent.email,), subject=subject,
        text="\n\n".join(lines) + "\n", html="".join(f"<p>{escape(line)}</p>" for line in lines),
        message_id=identifier, date=now, language=agent.language, automatic=True, desk=box.address))
    mail = Outgoing.objects.create(
        ticket=None, entry=None, mailbox=box, kind=kind, automatic=True, message_id=identifier, envelope_from="",
        recipients=[agent.email], blob_id=store.put(raw, now=now), written_at=now, send_after=now, next_at=now)
    Recipient.objects.create(outgoing=mail, email=email_key(agent.email), reached=limits.reached(agent.email),
                             automatic=True, at=now)
