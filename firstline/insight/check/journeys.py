"""Current readings equal the refolded journeys, whose chain of digests is unbroken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max

from firstline.insight.check.breach import Breach
from firstline.tickets import desk
from firstline.tickets.models import Body, Clock, Entry, Leg, Participant, Ticket
from firstline.tickets.rules import measuring
from firstline.tickets.rules.entries import Line
from firstline.tickets.rules.reading import fold
from firstline.tickets.rules.sealing import body_hash, entry_digest

_BATCH = 500


def refolded(_: datetime) -> Iterator[Breach | None]:
    """Fold every journey anew and compare the reading, the legs, the participants and the seals."""
    last = 0
    while batch := list(Ticket.objects.filter(number__gt=last).order_by("number")[:_BATCH]):
        last = batch[-1].number
        numbers = [ticket.number for ticket in batch]
        legs = _legs(numbers)
        parts = _participants(numbers)
        rows = _rows(numbers)
        for ticket in batch:
            yield None
            own = rows.get(ticket.number, [])
            if own is None:
                yield Breach("journeys", f"#{ticket.number}", "One of its lines cannot be read.")
                continue
            sentence = _chain(ticket, own) or _reading(ticket, [line for line, _ in own], legs, parts)
            if sentence:
                yield Breach("journeys", f"#{ticket.number}", sentence)


def _rows(numbers: list[int]) -> dict[int, list[tuple[Line, Entry]] | None]:
    """The lines of each ticket; None where one of them cannot be read."""
    entries = Entry.objects.filter(ticket_id__in=numbers).select_related("body").order_by("ticket_id", "seq")
    found: dict[int, list[tuple[Line, Entry]] | None] = {}
    for entry in entries:
        rows = found.setdefault(entry.ticket_id, [])
        try:
            if rows is not None:
                rows.append((desk.line_of(entry), entry))
        except (KeyError, TypeError, ValueError):
            found[entry.ticket_id] = None
    return found


def _chain(ticket: Ticket, rows: list[tuple[Line, Entry]]) -> str:
    before = ""
    for place, (_, entry) in enumerate(rows, start=1):
        if entry.seq != place:
            return f"Line {place} is missing from its journey."
        body: Body | None = getattr(entry, "body", None)
        if body and body.erased_at is None and body.hashed != body_hash(body.salt, body.text, body.quoted, body.html):
            return f"The words of line {place} were changed."
        before = entry_digest(before=before, ticket=ticket.number, seq=entry.seq, kind=entry.kind,
                              version=entry.version, data=entry.data, actor=(entry.actor_kind, entry.actor_id),
                              happened_at=entry.happened_at, recorded_at=entry.recorded_at,
                              public_from=entry.public_from, hashed=body.hashed if body else "")
        if before != entry.digest:
            return f"Line {place} was changed."
    return "" if before == ticket.digest else "The last line does not fit its ticket."


def _reading(ticket: Ticket, lines: list[Line], legs: dict[int, list[measuring.LegTimes]],
             parts: dict[int, dict[int, str]]) -> str:
    expected, found = fold(lines), desk.read(ticket)
    if expected != found:
        names = [name for name in expected.__slots__ if getattr(expected, name) != getattr(found, name)]
        return f"Its row and its journey differ in: {', '.join(names)}."
    if list(measuring.legs(lines)) != legs.get(ticket.number, []):
        return "Its legs do not follow from its journey."
    if measuring.participants(lines) != parts.get(ticket.number, {}):
        return "Its participants do not follow from its journey."
    return ""


def _legs(numbers: list[int]) -> dict[int, list[measuring.LegTimes]]:
    found: dict[int, list[measuring.LegTimes]] = {}
    rows = Leg.objects.filter(ticket_id__in=numbers).order_by("ticket_id", "id").values_list(
        "ticket_id", "team_id", "arrived_at", "started_at", "left_at")
    for ticket, team, arrived, started, left in rows:
        found.setdefault(ticket, []).append(measuring.LegTimes(team, arrived, started, left))
    return found


def _participants(numbers: list[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for ticket, person, state in Participant.objects.filter(ticket_id__in=numbers).values_list(
            "ticket_id", "person_id", "state"):
        found.setdefault(ticket, {})[person] = state
    return found


def clocks(_: datetime) -> Iterator[Breach | None]:
    """Each ticket has its promise of a first answer, and the clock's answer is the journey's."""
    rows = Clock.objects.filter(measure="first-answer").values_list("ticket_id", "met_at")
    met = dict(rows.iterator(chunk_size=2000))
    last = 0
    while numbers := list(Ticket.objects.filter(number__gt=last).order_by("number").values_list(
            "number", flat=True)[:_BATCH]):
        last = numbers[-1]
        journeys = _rows(numbers)
        for number in numbers:
            yield None
            answered = measuring.first_answer_at([line for line, _ in journeys.get(number) or []])
            if number not in met:
                yield Breach("clocks", f"#{number}", "It has no clock for its first answer.")
            elif met[number] != answered:
                yield Breach("clocks", f"#{number}", f"Its clock says {met[number]}, its journey {answered}.")


def numbers(_: datetime) -> Iterator[Breach | None]:
    """No line stands twice, and each journey has as many lines as its ticket says."""
    rows = Entry.objects.values("ticket_id").annotate(n=Count("id"), top=Max("seq")).values_list(
        "ticket_id", "n", "top", "ticket__seq")
    for ticket, count, top, seq in rows.iterator(chunk_size=2000):
        yield None
        if not count == top == seq:
            yield Breach("numbers", f"#{ticket}", f"It has {count} lines, the last is {top}, its row says {seq}.")
