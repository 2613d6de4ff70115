"""After a story: legs, participants, clocks and the queue's order are brought in line with the journey."""

from __future__ import annotations

from datetime import datetime

from firstline.routing.queries import rank_of
from firstline.tickets import models as m
from firstline.tickets.answers import standing_answers
from firstline.tickets.desk import Case
from firstline.tickets.rules import entries as e
from firstline.tickets.rules import measuring
from firstline.tickets.rules.states import DONE_STATES

FIRST_ANSWER = "first-answer"
_TIMED = (e.Reply, e.Withdrawn, e.StatusChanged, e.Reopened)
_ORDERED = (e.Opened, e.Edited, *_TIMED)


def settle(case: Case) -> None:
    """Bring what hangs on the ticket in line with what was just written, then save the ticket."""
    case.flush()
    events = [line.event for line in case.lines]
    _legs(case)
    _participants(case)
    if any(isinstance(event, _TIMED) for event in events):
        _clock(case)
    if any(isinstance(event, _ORDERED) for event in events):
        _order(case)
    case.save()


def _participants(case: Case) -> None:
    states = measuring.participants(case.lines)
    if not states:
        return
    if not case.born:
        m.Participant.objects.filter(ticket=case.ticket, person_id__in=states).delete()
    m.Participant.objects.bulk_create([m.Participant(ticket=case.ticket, person_id=person, state=state)
                                       for person, state in states.items()])


def _legs(case: Case) -> None:
    for line in case.lines:
        event = line.event
        if isinstance(event, e.Opened):
            m.Leg.objects.create(ticket=case.ticket, team_id=event.team,
                                 arrived_at=datetime.fromisoformat(event.entered_at))
        elif isinstance(event, e.HandedOver):
            m.Leg.objects.filter(ticket=case.ticket, left_at=None).update(left_at=line.happened_at)
            m.Leg.objects.create(ticket=case.ticket, team_id=event.team, arrived_at=line.happened_at)
        elif isinstance(event, e.Assigned) and event.agent is not None:
            m.Leg.objects.filter(ticket=case.ticket, left_at=None, started_at=None).update(
                started_at=line.happened_at)


def first_answer_at(number: int) -> datetime | None:
    """When the ticket's first standing reply became readable, or None."""
    return standing_answers(number).order_by("public_from").values_list("public_from", flat=True).first()


def _clock(case: Case) -> None:
    clock = m.Clock.objects.filter(ticket=case.ticket, measure=FIRST_ANSWER).first()
    if clock is None:
        return
    answered = first_answer_at(case.number)
    stopped = (case.reading.solved_at or case.reading.closed_at) if case.reading.status in DONE_STATES else None
    if (answered, stopped) != (clock.met_at, clock.stopped_at):
        m.Clock.objects.filter(pk=clock.pk).update(met_at=answered, stopped_at=stopped)
    running = answered is None and stopped is None
    case.ticket.due_at = clock.due_at if running else None


def _order(case: Case) -> None:
    rank = rank_of(case.reading.priority)
    case.ticket.order_key = measuring.order_key(rank=rank, due_at=case.ticket.due_at,
                                                entered_at=case.reading.entered_at)


def start_clock(case: Case, *, promise: int, due_at: datetime) -> None:
    """Start the promise of a first answer on a new ticket."""
    m.Clock.objects.create(ticket=case.ticket, promise_id=promise, measure=FIRST_ANSWER,
                           started_at=case.reading.entered_at, due_at=due_at)
    case.ticket.due_at = due_at
