"""A ticket that is being changed: locked, written to line by line, and kept in a handful of statements."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from firstline.core.errors import NotFound
from firstline.core.text import without_nul
from firstline.tickets import models as m
from firstline.tickets.rules import entries as e
from firstline.tickets.rules import reading as folding
from firstline.tickets.rules.sealing import body_hash, entry_digest

_COLUMNS = {"priority": "priority_id", "team": "team_id", "assignee": "assignee_id", "accountable": "accountable_id",
            "requester": "requester_id", "affected": "affected_id", "category": "category_id", "asset": "asset_id",
            "merged_into": "merged_into_id"}
_STORED = tuple(column.attname for column in m.Ticket._meta.concrete_fields if not column.primary_key)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A stored file that goes with an entry."""

    blob: int
    name: str
    type: str
    size: int
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What was said: readable text, folded quotation, cleaned HTML, files."""

    text: str
    quoted: str = ""
    html: str = ""
    files: tuple[Enclosed, ...] = ()


@dataclass(slots=True)
class Case:
    """One locked ticket while a story happens to it."""

    ticket: m.Ticket
    reading: folding.Reading
    entries: list[m.Entry] = field(default_factory=list)
    lines: list[e.Line] = field(default_factory=list)
    said: list[tuple[m.Entry, Words]] = field(default_factory=list)
    _unsaved: list[tuple[m.Entry, Words | None, str, str]] = field(default_factory=list)
    _stored: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stored = _columns(self.ticket)

    @property
    def born(self) -> bool:
        """Whether the ticket came into the world in this very story."""
        return bool(self.lines) and self.lines[0].seq == 1

    @property
    def number(self) -> int:
        return self.ticket.number

    def write(self, event: e.Event, *, by: e.Actor, now: datetime, happened_at: datetime | None = None,
              public_from: datetime | None = None, words: Words | None = None) -> m.Entry:
        """Add one entry to the journey and let the reading follow it. The row is saved by `keep`."""
        line = e.Line(self.reading.seq + 1, event, by, happened_at or now, public_from)
        self.reading = folding.apply(self.reading, line)
        return self._append(line, now=now, words=words)

    def _append(self, line: e.Line, *, now: datetime, words: Words | None) -> m.Entry:
        data = e.encode(line.event)
        salt, hashed = "", ""
        if words is not None:
            words = Words(without_nul(words.text), without_nul(words.quoted), without_nul(words.html), words.files)
            salt = secrets.token_hex(16)
            hashed = body_hash(salt, words.text, words.quoted, words.html)
        self.ticket.digest = entry_digest(
            before=self.ticket.digest, ticket=self.ticket.number, seq=line.seq, kind=line.event.KIND,
            version=line.event.VERSION, data=data, actor=(line.actor.kind, line.actor.id),
            happened_at=line.happened_at, recorded_at=now, public_from=line.public_from, hashed=hashed)
        entry = m.Entry(ticket=self.ticket, seq=line.seq, kind=line.event.KIND, version=line.event.VERSION, data=data,
                        actor_kind=line.actor.kind, actor_id=line.actor.id, happened_at=line.happened_at,
                        recorded_at=now, public_from=line.public_from, digest=self.ticket.digest)
        self.entries.append(entry)
        self.lines.append(line)
        self._unsaved.append((entry, words, salt, hashed))
        if words is not None:
            self.said.append((entry, words))
        return entry

    def flush(self) -> None:
        """Save the entries written so far, so that others can refer to them."""
        if not self._unsaved:
            return
        unsaved, self._unsaved = self._unsaved, []
        m.Entry.objects.bulk_create([entry for entry, *_ in unsaved])
        m.Body.objects.bulk_create([
            m.Body(entry=entry, text=words.text, quoted=words.quoted, html=words.html, salt=salt, hashed=hashed)
            for entry, words, salt, hashed in unsaved if words is not None])
        files = [m.Attachment(entry=entry, blob_id=f.blob, name=f.name, type=f.type[:120], size=f.size,
                              content_id=f.content_id[:250], inline=f.inline)
                 for entry, words, *_ in unsaved if words is not None for f in words.files]
        if files:
            m.Attachment.objects.bulk_create(files)

    def save(self) -> None:
        """Flush, and write what has changed of the reading into the ticket's row."""
        self.flush()
        _show(self.ticket, self.reading)
        now = _columns(self.ticket)
        changed = [name for name, value in now.items() if value != self._stored.get(name)]
        if changed:
            self.ticket.save(update_fields=changed)
        self._stored = now


def _columns(ticket: m.Ticket) -> dict[str, Any]:
    """Every column but the number, by name."""
    return {name: getattr(ticket, name) for name in _STORED}


def _show(ticket: m.Ticket, reading: folding.Reading) -> None:
    for name, value in asdict(reading).items():
        setattr(ticket, _COLUMNS.get(name, name), list(value) if isinstance(value, tuple) else value)


def read(ticket: m.Ticket) -> folding.Reading:
    """The reading that stands in a ticket's row."""
    values = {name: getattr(ticket, _COLUMNS.get(name, name)) for name in folding.Reading.__dataclass_fields__}
    return folding.Reading(**{**values, "tags": tuple(values["tags"])})


def lock(numbers: Sequence[int]) -> list[Case]:
    """Lock tickets in ascending order, and return them in the order asked for. Raises NotFound."""
    wanted = sorted(set(numbers))
    rows = {t.number: t for t in m.Ticket.objects.select_for_update().filter(number__in=wanted).order_by("number")}
    if len(rows) < len(wanted):
        raise NotFound("There is no such ticket.")
    cases = {number: Case(rows[number], read(rows[number])) for number in wanted}
    return [cases[number] for number in numbers]


def begin(event: e.Opened, *, by: e.Actor, now: datetime) -> Case:
    """A new ticket with its first entry; it has its number at once."""
    line = e.Line(1, event, by, datetime.fromisoformat(event.entered_at))
    reading = folding.born(line)
    ticket = m.Ticket()
    _show(ticket, reading)
    ticket.save(force_insert=True)
    case = Case(ticket, reading)
    case._append(line, now=now, words=None)
    return case


def line_of(entry: m.Entry) -> e.Line:
    """An entry's row as a line of the journey."""
    return e.Line(entry.seq, e.decode(entry.kind, entry.version, entry.data), actor_of(entry), entry.happened_at,
                  entry.public_from)


def actor_of(entry: m.Entry) -> e.Actor:
    """Who made an entry. Raises ValueError for a kind that is none."""
    match entry.actor_kind:
        case "agent" | "person" | "rule" | "system":
            return e.Actor(entry.actor_kind, entry.actor_id)
        case other:
            raise ValueError(f"An entry was made by {other!r}.")
