"""What reading a ticket gives back: frozen values, never rows of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from firstline.tickets.rules.entries import Actor, Event
from firstline.tickets.rules.measuring import LegTimes

Tab = Literal["mine", "answer", "unassigned", "team", "open", "waiting", "solved"]
TABS: tuple[Tab, ...] = ("mine", "answer", "unassigned", "team", "open", "waiting", "solved")
Order = Literal["due", "oldest"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which tickets a list shows, and in which order; ids narrow the tab."""

    tab: Tab = "team"
    order: Order = "due"
    team: int | None = None
    priority: int | None = None
    category: int | None = None
    kind: str = ""
    assignee: int | None = None
    status: str = ""
    tag: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.team or self.priority or self.category or self.kind or self.assignee or self.status
                    or self.tag)


@dataclass(frozen=True, slots=True)
class Count:
    """How many; exact unless `more`, then at least this many."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One ticket in a list. `team` is an id; names are as written."""

    number: int
    subject: str
    kind: str
    status: str
    rank: int
    entered_at: datetime
    last_at: datetime
    due_at: datetime | None
    wait_until: datetime | None
    solved_at: datetime | None
    reopenings: int
    confidential: bool
    team: int
    assignee: int | None
    assignee_name: str
    accountable_name: str
    requester_name: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as named in a journey; `email` is the first address, '' if there is none."""

    id: int
    name: str
    email: str

    @property
    def shown(self) -> str:
        return self.name or self.email or "?"


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team by its label; `centre` is the label of its centre."""

    id: int
    label: str
    centre: str
    level: int
    active: bool = True


@dataclass(frozen=True, slots=True)
class PriorityName:
    """A priority by its rank and label."""

    id: int
    rank: int
    label: str


@dataclass(frozen=True, slots=True)
class CategoryName:
    """A category by its label; top categories have no parent."""

    id: int
    label: str
    parent: int | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class AgentName:
    """An agent by name; leavers stay named."""

    id: int
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of everything that a journey speaks of, by id, in the reader's language."""

    agents: Mapping[int, AgentName]
    teams: Mapping[int, TeamName]
    priorities: Mapping[int, PriorityName]
    categories: Mapping[int, CategoryName]
    persons: Mapping[int, PersonName]

    def agent(self, number: int | None) -> str:
        found = self.agents.get(number or 0)
        return found.name if found else "?"

    def person(self, number: int | None) -> str:
        found = self.persons.get(number or 0)
        return found.shown if found else "?"

    def team(self, number: int | None) -> str:
        found = self.teams.get(number or 0)
        return found.label if found else "?"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a list, the counts of the tabs, and the key of the next page ('' when there is none).

    A narrowed list does not count what is solved: that could mean reading every ticket there ever was.
    """

    rows: tuple[QueueRow, ...]
    counts: Mapping[Tab, Count]
    after: str
    directory: Directory


@dataclass(frozen=True, slots=True)
class File:
    """A file that came or went with an entry; its bytes are fetched by id."""

    id: int
    name: str
    type: str
    size: int
    inline: bool
    content_id: str


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file with what it was called and said to be."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a story: the event and, where there were words, the words.

    `ticket` and `seq` name the entry; `origin` says why it stands here. Words of a reply that was taken back are
    empty for everybody but its author.
    """

    entry: int
    ticket: int
    seq: int
    event: Event
    actor: Actor
    happened_at: datetime
    recorded_at: datetime
    public_from: datetime | None
    text: str
    quoted: str
    has_html: bool
    erased: bool
    withdrawn: bool
    origin: Literal["own", "merged", "split"]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One promise on this ticket."""

    measure: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class OtherTicket:
    """Another ticket named on this page; `link` is '' for one of the same requester's last tickets."""

    number: int
    subject: str
    status: str
    last_at: datetime
    link: str


@dataclass(frozen=True, slots=True)
class TicketParticipant:
    """Somebody besides the requester, with what became of the proposal."""

    person: PersonName
    state: str


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket's whole story as its reader may know it. Ids are looked up in `directory`."""

    number: int
    subject: str
    kind: str
    status: str
    priority: int
    team: int
    assignee: int | None
    accountable: int
    requester: int | None
    affected: int | None
    category: int | None
    language: str
    confidential: bool
    entered_at: datetime
    last_at: datetime
    due_at: datetime | None
    wait_until: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    reopenings: int
    merged_into: int | None
    tags: tuple[str, ...]
    seq: int
    lines: tuple[Said, ...]
    hidden: int
    legs: tuple[LegTimes, ...]
    clocks: tuple[RunningClock, ...]
    participants: tuple[TicketParticipant, ...]
    links: tuple[OtherTicket, ...]
    recent: tuple[OtherTicket, ...]
    merged: tuple[int, ...]
    directory: Directory
