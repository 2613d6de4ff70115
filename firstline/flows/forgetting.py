"""An agent has forgotten the password: a one-time link goes to the agent's own address, and only there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.accounts.models import Agent
from firstline.accounts.principal import SYSTEM
from firstline.core.text import email_key
from firstline.flows.agents import make_link
from firstline.flows.writing_to_agents import write
from firstline.notices.models import Mailbox


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
        write(found, box, kind="password", subject=subject, lines=lines, now=now)
