"""An agent has forgotten the password: a one-time link goes to the agent's own address, and only there."""

from __future__ import annotations

import secrets
from datetime import datetime
from html import escape

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.accounts.models import Agent
from firstline.accounts.principal import SYSTEM
from firstline.core.text import email_key
from firstline.files import store
from firstline.flows.agents import make_link
from firstline.notices import outbox
from firstline.notices.models import Mailbox, Outgoing, Recipient
from firstline.notices.rules import message, tokens


def forget(email: str, *, now: datetime) -> None:
    """Send a link to the active agent with this address; silent when there is none, so that nothing is given away.

    The link is built from FIRSTLINE_URL alone, never from the request.
    """
    found = Agent.objects.filter(email__iexact=email_key(email), is_active=True).first()
    box = Mailbox.objects.filter(active=True).order_by("id").first()
    if found is None or box is None:
        return
    with transaction.atomic():
        link = make_link(found.pk, by=SYSTEM, now=now)
        with translation.override(found.language):
            subject = _("Your new password for Firstline")
            lines = [_("Hello,"), _("with this link you choose a new password. It works once, for two days:"),
                     link.url, _("If you did not ask for it, you need not do anything.")]
        _send(found, box, subject=subject, lines=lines, now=now)


def _send(agent: Agent, box: Mailbox, *, subject: str, lines: list[str], now: datetime) -> None:
    identifier = tokens.message_id(outbox.key(), ticket=0, nonce=secrets.token_hex(6),
                                   domain=box.address.rpartition("@")[2])
    raw = message.build(message.Draft(
        from_name=box.name, from_address=box.address, to=(agent.email,), subject=subject,
        text="\n\n".join(lines) + "\n",
        html="".join(f"<p>{escape(line)}</p>" for line in lines), message_id=identifier, date=now,
        language=agent.language, automatic=True, desk=box.address))
    mail = Outgoing.objects.create(
        ticket=None, entry=None, mailbox=box, kind="password", automatic=True, message_id=identifier,
        envelope_from="", recipients=[agent.email], blob_id=store.put(raw, now=now), written_at=now, send_after=now,
        next_at=now)
    Recipient.objects.create(outgoing=mail, email=email_key(agent.email), automatic=True, at=now)
