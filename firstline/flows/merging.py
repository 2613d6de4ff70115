"""Two tickets become one by a pointer, and come apart again exactly as they were."""

from __future__ import annotations

from datetime import datetime

from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError
from firstline.flows.changing import actor, changing, equally_secret, standing
from firstline.people.queries import canonical_of
from firstline.tickets.desk import Case, lock
from firstline.tickets.models import Participant, Ticket
from firstline.tickets.rules import entries as e

_LONGEST_CHAIN = 50


def merge(number: int, *, by: Principal, now: datetime, into: int) -> None:
    """Let `number` become part of `into`: no entry moves, later mail finds `into`.

    The requester of the merged ticket is proposed as a participant and sees nothing more until he is accepted.
    """
    if number == into:
        raise DeskError("A ticket cannot be merged into itself.")
    with changing(number, into, by=by, to="ticket.merge", now=now) as [case, target]:
        standing(case)
        standing(target)
        equally_secret(case, target)
        case.write(e.MergedInto(number=into), by=actor(by), now=now)
        target.write(e.MergedFrom(number=number), by=actor(by), now=now)
        _propose_requester(case, target, by=by, now=now)


def unmerge(number: int, *, by: Principal, now: datetime) -> None:
    """Take a merge back. What was written on the other ticket since stays there."""
    into = Ticket.objects.filter(pk=number).values_list("merged_into_id", flat=True).first()
    if into is None:
        raise Conflict("This ticket is not merged into another.")
    with changing(number, into, by=by, to="ticket.merge", now=now) as [case, target]:
        if case.reading.merged_into != into:
            raise Conflict("Somebody else has just taken this merge back.")
        case.write(e.Unmerged(number=into), by=actor(by), now=now)
        target.write(e.Unmerged(number=number), by=actor(by), now=now)


def root_of(number: int) -> int:
    """The ticket that `number` is part of now: the end of its merges. Raises DeskError when it cannot be found."""
    for _ in range(_LONGEST_CHAIN):
        into = Ticket.objects.filter(pk=number).values_list("merged_into_id", flat=True).first()
        if into is None:
            return number
        number = into
    raise DeskError("The merges of this ticket lead nowhere.", status=500)


def lock_root(number: int) -> Case:
    """Lock the ticket that `number` is part of now, also where a merge was committed while we waited for the lock."""
    while True:
        [case] = lock([root_of(number)])
        if case.reading.merged_into is None:
            return case


def _propose_requester(case: Case, target: Case, *, by: Principal, now: datetime) -> None:
    person, other = case.reading.requester, target.reading.requester
    one = canonical_of(each for each in (person, other) if each is not None)
    if person is None or one[person] == one.get(other or 0):
        return
    if not Participant.objects.filter(ticket=target.ticket, person_id=person).exists():
        target.write(e.Participation(person=person, state="proposed"), by=actor(by), now=now)
