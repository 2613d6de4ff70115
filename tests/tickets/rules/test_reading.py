"""The one fold: every reading follows from the entries, and an entry survives its way through JSON."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from firstline.tickets.rules import entries as e
from firstline.tickets.rules.measuring import first_answer_at, legs, order_key, participants
from firstline.tickets.rules.reading import fold

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYSTEM = e.Actor("system")
BIRTH = e.Opened(subject="Printer", kind="fault", priority=4, team=1, accountable=7, channel="mail",
                 entered_at=START.isoformat(), requester=3)


def journey(*events, public=()):
    """Lines one minute apart; `public` holds the places that the customer may read at once."""
    lines = [e.Line(1, BIRTH, SYSTEM, START)]
    for seq, event in enumerate(events, start=2):
        at = START + timedelta(minutes=seq)
        lines.append(e.Line(seq, event, SYSTEM, at, at if seq in public else None))
    return lines


def test_a_new_ticket_is_new_and_somebody_answers_for_it():
    reading = fold(journey())
    assert (reading.status, reading.accountable, reading.assignee) == ("new", 7, None)


def test_whoever_takes_a_new_ticket_opens_it():
    assert fold(journey(e.Assigned(agent=5, claimed=True))).status == "open"


def test_giving_a_ticket_back_to_nobody_does_not_make_it_new():
    reading = fold(journey(e.Assigned(agent=5), e.Assigned(agent=None)))
    assert (reading.status, reading.assignee) == ("open", None)


def test_the_accountable_person_survives_a_hand_over_and_the_assignee_does_not():
    reading = fold(journey(e.Assigned(agent=5), e.HandedOver(team=2, before=1, reason="needs rights")))
    assert (reading.accountable, reading.assignee, reading.team) == (7, None, 2)


def test_a_reopening_is_counted_and_stamped():
    solved = e.StatusChanged(status="solved", before="open")
    reading = fold(journey(solved, e.Reopened(before="solved"), solved, e.Reopened(before="solved")))
    assert (reading.reopenings, reading.reopened_at) == (2, START + timedelta(minutes=5))


def test_taking_a_solution_back_is_no_reopening():
    reading = fold(journey(e.StatusChanged(status="solved", before="open"),
                           e.StatusChanged(status="open", before="solved", reason="withdrawn")))
    assert (reading.status, reading.solved_at, reading.reopenings) == ("open", None, 0)


def test_unmerging_brings_the_reading_before_the_merge_back():
    before, after = fold(journey()), fold(journey(e.MergedInto(number=9), e.Unmerged(number=9)))
    assert after.merged_into is None and after.status == before.status


def test_unmerging_from_another_ticket_leaves_this_merge_alone():
    assert fold(journey(e.MergedInto(number=9), e.Unmerged(number=8))).merged_into == 9


def test_taking_a_split_back_makes_the_new_ticket_part_of_the_old():
    new, old = fold(journey(e.Unsplit(number=9, origin=False))), fold(journey(e.Unsplit(number=9, origin=True)))
    assert (new.merged_into, old.merged_into) == (9, None)


def test_a_withdrawn_reply_is_no_first_answer():
    lines = journey(e.Reply(to=("a@b.example",)), e.Withdrawn(seq=2), e.Reply(to=("a@b.example",)), public=(2, 4))
    assert first_answer_at(lines) == START + timedelta(minutes=4)


def test_a_note_is_no_first_answer():
    assert first_answer_at(journey(e.Note())) is None


def test_legs_run_from_arrival_to_hand_over():
    found = legs(journey(e.Assigned(agent=5), e.HandedOver(team=2, before=1)))
    assert [(leg.team, leg.started_at is not None, leg.left_at is not None) for leg in found] == [
        (1, True, True), (2, False, False)]


def test_the_last_decision_about_a_participant_counts():
    lines = journey(e.Participation(person=4, state="proposed"), e.Participation(person=4, state="accepted"))
    assert participants(lines) == {4: "accepted"}


@pytest.mark.parametrize("first, second", [
    ({"rank": 2, "due_at": None}, {"rank": 3, "due_at": START}),
    ({"rank": 4, "due_at": START}, {"rank": 3, "due_at": START + timedelta(hours=1)}),
    ({"rank": 4, "due_at": START}, {"rank": 4, "due_at": None}),
], ids=["the two highest first", "then what is due next", "then what is not due"])
def test_the_order_of_the_queue(first, second):
    assert order_key(entered_at=START, **first) < order_key(entered_at=START, **second)


def test_what_is_not_due_stands_oldest_first():
    old = order_key(rank=4, due_at=None, entered_at=START)
    assert old < order_key(rank=4, due_at=None, entered_at=START + timedelta(days=1))


@pytest.mark.parametrize("event", [BIRTH, e.Tagged(added=("vpn",)), e.SplitTo(number=4, seqs=(2, 3)),
                                   e.Edited(field="subject", before="a", value="b")])
def test_an_event_survives_json(event):
    data = json.loads(json.dumps(e.encode(event)))
    assert e.decode(event.KIND, event.VERSION, data) == event


def test_an_entry_of_a_later_version_is_refused():
    with pytest.raises(ValueError, match="later Firstline"):
        e.decode("note", 2, {})
