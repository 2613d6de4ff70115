"""People in a letter's copy line are proposed as participants, never subscribed by themselves."""

from __future__ import annotations

from datetime import datetime

from firstline.people.queries import canonical_of
from firstline.tickets.desk import Case
from firstline.tickets.models import Participant
from firstline.tickets.rules import entries as e


def propose_copied(case: Case, people: dict[str, int], *, actor: e.Actor, now: datetime) -> None:
    """Propose everybody named in the letter (`people`: canonical persons by address) who is not yet known to the
    ticket, and a sender who does not belong."""
    concerned = {one for one in (case.reading.requester, case.reading.affected) if one is not None}
    if case.born:
        known = concerned
    else:
        concerned.update(Participant.objects.filter(ticket=case.ticket).values_list("person_id", flat=True))
        known = concerned | set(canonical_of(concerned).values())
    for email, person in people.items():
        if person not in known:
            known.add(person)
            case.write(e.Participation(person=person, state="proposed", email=email), by=actor, now=now)
