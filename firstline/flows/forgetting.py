"""An agent has forgotten the password: a one-time link goes to the agent's own address, and only there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.accounts.models import Agent
from firstline.accounts.principal import SYSTEM
from firstline.core.text import email_key, line
from firstline.core.time import now as clock
from firstline.flows.agents import make_link
from firstline.flows.writing_to_agents import write
from firstline.notices import outbox
from firstline.notices.models import Mailbox
from firstline.notices.rules import limits
from firstline.work.models import Chore

CHORE = "forgotten-password"


def ask(email: str, *, now: datetime) -> None:
    """Take the wish down for the worker: what is done here takes the same time for every address, known or not."""
    asked = email_key(line(email, limit=254))
    with transaction.atomic():
        Chore.objects.create(kind=CHORE, data={"email": asked}, next_at=now, created_at=now)


def answer(data: Mapping[str, Any]) -> None:
    """The worker's part of `ask`."""
    forget(str(data["email"]), now=clock())


def forget(email: str, *, now: datetime) -> None:
    """Send a link to the active agent with this address; silent when there is none, so that nothing is given away.

    The link is built from FIRSTLINE_URL alone, never from the request. Within the limits of automatic mail: who asks
    in vain for somebody else neither floods him nor ends the last link that he was sent.
    """
    found = Agent.objects.filter(email__iexact=email_key(email), is_active=True).first()
    box = Mailbox.objects.filter(active=True).order_by("id").first()
    if found is None or box is None:
        return
    with transaction.atomic():
        list(Agent.objects.select_for_update().filter(pk=found.pk).values_list("pk"))
        sent = replace(outbox.automatic_sent(found.email, None, now=now), desk_hour=0)
        if limits.refusal(sent, proved=True) is not None:
            return
        link = make_link(found.pk, by=SYSTEM, now=now)
        with translation.override(found.language):
            subject = _("Your new password for Firstline")
            lines = [_("Hello,"), _("with this link you choose a new password. It works once, for two days:"),
                     link.url, _("If you did not ask for it, you need not do anything.")]
        write(found, box, kind="password", subject=subject, lines=lines, now=now)
