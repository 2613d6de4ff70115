"""One ticket that holds two problems becomes two; entries never move, both sides refer to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.core.text import line
from firstline.flows.changing import actor, changing, equally_secret, finish, standing
from firstline.flows.opening import Birth, bear
from firstline.tickets.answers import taken_back
from firstline.tickets.models import Entry
from firstline.tickets.rules import entries as e


def split(number: int, *, by: Principal, now: datetime, seqs: Sequence[int], subject: str) -> int:
    """Begin a new ticket with some of this ticket's entries. Returns the new number."""
    by.require("ticket.open")
    wanted = tuple(sorted(set(seqs)))
    if not line(subject):
        raise DeskError("The new ticket needs a subject.")
    with changing(number, by=by, to="ticket.split", now=now) as [case]:
        standing(case)
        known = Entry.objects.filter(ticket=case.ticket, seq__in=wanted, kind__in=e.SAID)
        if not wanted or known.exclude(seq__in=taken_back(number)).count() != len(wanted):
            raise DeskError("Choose the messages that belong to the new ticket.")
        reading = case.reading
        birth = Birth(subject=subject, channel="split", entered_at=now, requester=reading.requester,
                      affected=reading.affected, kind=reading.kind, team=reading.team, priority=reading.priority,
                      category=reading.category, language=reading.language)
        new = bear(birth, by=actor(by), now=now, accountable=reading.accountable)
        if reading.confidential:
            new.write(e.Edited(field="confidential", before=False, value=True), by=actor(by), now=now)
        new.write(e.SplitFrom(number=number, seqs=wanted), by=actor(by), now=now)
        case.write(e.SplitTo(number=new.number, seqs=wanted), by=actor(by), now=now)
        finish([new], now=now)
    return new.number


def unsplit(number: int, *, by: Principal, now: datetime) -> None:
    """Take a split back: the new ticket becomes part of the one it came from, and later mail finds that one."""
    born = Entry.objects.filter(ticket_id=number, kind=e.SplitFrom.KIND).order_by("seq").first()
    if born is None:
        raise Conflict("This ticket was not split from another.")
    origin = int(born.data["number"])
    with changing(number, origin, by=by, to="ticket.split", now=now) as [case, source]:
        standing(case)
        standing(source)
        equally_secret(case, source)
        case.write(e.Unsplit(number=origin, origin=False), by=actor(by), now=now)
        source.write(e.Unsplit(number=number, origin=True), by=actor(by), now=now)
