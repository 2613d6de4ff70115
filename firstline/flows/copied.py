"""People in a letter's copy line are proposed as participants, never subscribed by themselves."""

from __future__ import annotations

from datetime import datetime

from firstline.tickets.desk import Case
from firstline.tickets.models import Participant
from firstline.tickets.rules import entries as e


def propose_copied(case: Case, people: dict[str, int], *, actor: e.Actor, now: datetime) -> None:
    """Propose everybody named in the letter who is not yet known to the ticket, and a sender who does not belong."""
    known = {case.reading.requester, case.reading.affected}
    if not case.born:
        known.update(Participant.objects.filter(ticket=case.ticket).values_list("person_id", flat=True))
    for email, person in people.items():
        if person not in known:
            known.add(person)
            case.write(e.Participation(person=person, state="proposed", email=email), by=actor, now=now)
