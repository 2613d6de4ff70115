"""What ails the desk is told to its administrators by mail, once for each trouble, by a mailbox that is well."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.accounts.models import Agent
from firstline.core.time import now
from firstline.flows.writing_to_agents import write
from firstline.notices.models import Mailbox
from firstline.work.models import Beat

MOST_TOLD = 3


def raise_alarms() -> None:
    """Tell each trouble that was not told yet. A trouble that ended and comes again is told again."""
    for name in Beat.objects.filter(ok=False).values_list("name", flat=True):
        with transaction.atomic():
            beat = Beat.objects.select_for_update().filter(name=name, ok=False).first()
            if beat is None or beat.data.get("told"):
                continue
            _tell(beat)
            beat.data = {**beat.data, "told": True}
            beat.save(update_fields=["data"])


def _tell(beat: Beat) -> None:
    box = _way_around(beat.name)
    if box is None:
        return
    administrators = Agent.objects.filter(is_active=True, holdings__role__key="administrator").order_by("id")
    for agent in administrators[:MOST_TOLD]:
        with translation.override(agent.language):
            subject = _("Firstline needs you: %(name)s") % {"name": beat.name}
            lines = [_("Hello,"), _("something is wrong with %(name)s:") % {"name": beat.name},
                     str(beat.data.get("sentence", "")), _("The page Mail shows how it stands now.")]
        write(agent, box, kind="alarm", subject=subject, lines=lines, now=now())


def _way_around(name: str) -> Mailbox | None:
    """A mailbox that is well, or at least another than the one that the trouble is about."""
    boxes = list(Mailbox.objects.filter(active=True).order_by("id"))
    well = [box for box in boxes if not box.error and not name.endswith(f":{box.address}")]
    return next(iter(well or boxes), None)
