"""Every outgoing mail was accepted at most once by our own records, and automatic mail kept its limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from firstline.insight.check.breach import Breach
from firstline.notices.models import Outgoing, Recipient
from firstline.notices.rules.limits import PROVED_A_DAY

_STATES = ("waiting", "sending", "sent", "withdrawn", "dead")


def accepted_once(now: datetime) -> Iterator[Breach | None]:
    """A mail is in one known state; sent ones have their time, and none left before its time of grace."""
    rows = Outgoing.objects.values_list("id", "state", "sent_at", "send_after", "written_at")
    for id_, state, sent_at, send_after, _ in rows.iterator(chunk_size=2000):
        yield None
        if state not in _STATES:
            yield Breach("mails", f"outgoing {id_}", f"It is in the unknown state {state!r}.")
        elif (state == "sent") != (sent_at is not None):
            yield Breach("mails", f"outgoing {id_}", f"It is {state}, but its time of sending is {sent_at}.")
        elif sent_at is not None and sent_at < send_after:
            yield Breach("mails", f"outgoing {id_}", "It left before it could be taken back.")
        elif sent_at is not None and sent_at > now + timedelta(hours=2):
            yield Breach("mails", f"outgoing {id_}", "It was sent in the future.")


def within_limits(_: datetime) -> Iterator[Breach | None]:
    """No address got more automatic mails within a day than even a proved one may."""
    last: dict[str, list[datetime]] = {}
    rows = Recipient.objects.filter(automatic=True).order_by("at").values_list("email", "at")
    for email, at in rows.iterator(chunk_size=2000):
        yield None
        recent = [one for one in last.get(email, []) if at - one < timedelta(days=1)] + [at]
        last[email] = recent
        if len(recent) > PROVED_A_DAY:
            yield Breach("receipts", email, f"It got {len(recent)} automatic mails within a day.")
