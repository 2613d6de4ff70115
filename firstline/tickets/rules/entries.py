"""Every kind of line that a journey can hold: typed, versioned values, no rendered sentences."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Literal

ActorKind = Literal["agent", "person", "rule", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made an entry; `id` is an agent's or a person's, None for rules and the desk itself."""

    kind: ActorKind
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. Fields are JSON values only (ids as int, times as RFC 3339 text)."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """The ticket was born."""

    KIND = "opened"
    subject: str
    kind: str
    priority: int
    team: int
    accountable: int
    channel: str
    entered_at: str
    requester: int | None = None
    affected: int | None = None
    category: int | None = None
    language: str = ""
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Message(Event):
    """The customer (or another person) said something; the words are in the body."""

    KIND = "message"
    channel: str
    person: int | None
    sender: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    matched_by: str = ""
    letter: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reply(Event):
    """An agent answered; `to` and `cc` are the addresses it went to."""

    KIND = "reply"
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    channel: str = "mail"


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """A reply was taken back before it left."""

    KIND = "withdrawn"
    seq: int


@dataclass(frozen=True, slots=True)
class Note(Event):
    """A note for colleagues."""

    KIND = "note"


@dataclass(frozen=True, slots=True)
class Forwarded(Event):
    """Entries were sent on to somebody outside the conversation."""

    KIND = "forwarded"
    to: tuple[str, ...]
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Automatic(Event):
    """An automatic mail (absence, loop, report) that belongs here; agents see it."""

    KIND = "automatic"
    verdict: str
    sender: str
    letter: int | None = None


@dataclass(frozen=True, slots=True)
class Bounced(Event):
    """A mail of ours did not reach a recipient."""

    KIND = "bounced"
    recipient: str
    status: str
    bounce: str
    reason: str
    letter: int | None = None


@dataclass(frozen=True, slots=True)
class Undelivered(Event):
    """The outbox gave a mail up."""

    KIND = "undelivered"
    to: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Notified(Event):
    """An automatic mail of ours was written."""

    KIND = "notified"
    notice: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld(Event):
    """An automatic mail of ours was not written, and why."""

    KIND = "withheld"
    notice: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Held(Event):
    """A letter claims this ticket but is held for agents; the customer does not see it."""

    KIND = "held"
    letter: int
    sender: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetIn(Event):
    """An agent let a held letter in."""

    KIND = "let-in"
    letter: int


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    """Who works on it now; None is nobody."""

    KIND = "assigned"
    agent: int | None
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Accountable(Event):
    """Who answers to the customer from now on."""

    KIND = "accountable"
    agent: int


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """The ticket went to another team; whoever worked on it no longer does."""

    KIND = "handed-over"
    team: int
    before: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatusChanged(Event):
    """Where the ticket stands; `until` is set when it waits for a date."""

    KIND = "status"
    status: str
    before: str
    until: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reopened(Event):
    """A solved or closed ticket is open again: stamped and counted."""

    KIND = "reopened"
    before: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """One field of the ticket was changed: subject, kind, priority, category, requester, affected …"""

    KIND = "edited"
    field: str
    before: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Tagged(Event):
    """Tags were added or dropped."""

    KIND = "tagged"
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation(Event):
    """A person was proposed, accepted or refused as a participant, or left."""

    KIND = "participant"
    person: int
    state: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class MergedInto(Event):
    """This ticket became part of another; later mail finds that one."""

    KIND = "merged-into"
    number: int


@dataclass(frozen=True, slots=True)
class MergedFrom(Event):
    """Another ticket became part of this one."""

    KIND = "merged-from"
    number: int


@dataclass(frozen=True, slots=True)
class Unmerged(Event):
    """A merge was taken back; stands on both sides."""

    KIND = "unmerged"
    number: int


@dataclass(frozen=True, slots=True)
class SplitTo(Event):
    """Entries of this ticket also belong to a new one."""

    KIND = "split-to"
    number: int
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SplitFrom(Event):
    """This ticket began with entries of another."""

    KIND = "split-from"
    number: int
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unsplit(Event):
    """A split was taken back: the new ticket became part of the one that it came from."""

    KIND = "unsplit"
    number: int
    origin: bool


@dataclass(frozen=True, slots=True)
class Linked(Event):
    """Two tickets belong together; stands on both sides."""

    KIND = "linked"
    number: int
    link: str


@dataclass(frozen=True, slots=True)
class Unlinked(Event):
    """Two tickets no longer belong together."""

    KIND = "unlinked"
    number: int


KINDS: dict[str, type[Event]] = {cls.KIND: cls for cls in Event.__subclasses__()}
SAID = (Message.KIND, Reply.KIND, Note.KIND, Forwarded.KIND, Automatic.KIND)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journey as values. `public_from` is when the customer may read it, None for never."""

    seq: int
    event: Event
    actor: Actor
    happened_at: datetime
    public_from: datetime | None = None


def encode(event: Event) -> dict[str, Any]:
    """The event's fields as JSON values."""
    values = ((field.name, getattr(event, field.name)) for field in fields(event))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}


def decode(kind: str, version: int, data: dict[str, Any]) -> Event:
    """The event that `encode` wrote. Raises KeyError for a kind, ValueError for a version, never seen."""
    cls = KINDS[kind]
    if version > cls.VERSION:
        raise ValueError(f"{kind} entries of version {version} were written by a later Firstline.")
    return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})
