"""Writes the journeys of tickets as rows, sealed, measured and encoded by the product's own rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from bench.seeding.crowd import Customer
from bench.seeding.findable import Index
from bench.seeding.forms import Form
from bench.seeding.loading import TABLES
from bench.seeding.texts import Conversation
from firstline.core.time import iso
from firstline.tickets.rules import entries as e
from firstline.tickets.rules.measuring import order_key
from firstline.tickets.rules.sealing import body_hash, entry_digest
from firstline.tickets.rules.states import Status

KINDS = ("fault", "fault", "fault", "request", "question", "complaint")
CHANNELS = ("mail", "mail", "mail", "phone", "phone", "walk-in", "portal")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a seeded desk consists of: ids of its rows, and `ranks` of priorities by id."""

    front: int
    behind: tuple[int, ...]
    agents: tuple[int, ...]
    technicians: tuple[int, ...]
    lead: int
    categories: tuple[int, ...]
    priorities: tuple[int, ...]
    ranks: dict[int, int]
    promise: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One ticket to be: when it comes in, when its first answer is due, and its steps one after the other."""

    number: int
    entered_at: datetime
    due_at: datetime
    steps: tuple[str, ...]


@dataclass(slots=True)
class Standing:
    """Where the ticket that is being written stands."""

    talk: Conversation
    customer: Customer
    agent: int
    team: int
    channel: str
    status: str
    at: datetime
    arrived_at: datetime
    digest: str = ""
    seq: int = 0
    assignee: int | None = None
    until: datetime | None = None
    taken_at: datetime | None = None
    answered_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event as the journey stores it: its kind, its data, and the data as text for the database."""

    kind: str
    data: dict[str, Any]
    text: Any


MOST_ROWS = 12  # of one table that a ticket may have; portions number their rows by it


class Writer:
    """Writes tickets into rows by table. Ids are counted from the first ticket's, so the tables must be empty."""

    def __init__(self, *, form: Form, index: Index, desk: Desk, talks: dict[str, list[Conversation]],
                 customers: dict[str, list[Customer]], chance: Random, now: datetime, first: int) -> None:
        self._form, self._index, self._desk, self._chance, self._now = form, index, desk, chance, now
        self._talks, self._customers = talks, customers
        self._languages = tuple(talks)
        self._ids = dict.fromkeys(TABLES, (first - 1) * MOST_ROWS)
        self._moment_of: tuple[datetime | None, Any] = None, None
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
        self._encoded = lru_cache(maxsize=100_000)(self._encode)
        self._steps: dict[str, Callable[[Plan, Standing], None]] = {
            "take": self._take, "hand-over": self._hand_over, "copied": self._copied, "reply": self._reply,
            "note": self._note, "solve": self._solve, "close": self._close, "wait": self._wait,
            "wait-for-date": self._wait_for_date}

    def write(self, plan: Plan) -> None:
        """One ticket with its whole journey and all that hangs on it."""
        chance, desk = self._chance, self._desk
        language = chance.choice(self._languages)
        standing = Standing(
            talk=chance.choice(self._talks[language]), customer=chance.choice(self._customers[language]),
            agent=chance.choice(desk.agents), team=desk.front, channel=chance.choice(CHANNELS),
            status=Status.NEW.value, at=plan.entered_at, arrived_at=plan.entered_at)
        opened = e.Opened(
            subject=standing.talk.subject, kind=chance.choice(KINDS), priority=chance.choice(desk.priorities),
            team=desk.front, accountable=desk.lead if "take" not in plan.steps else standing.agent,
            channel=standing.channel, entered_at=iso(plan.entered_at) or "", requester=standing.customer.id,
            affected=standing.customer.id, category=chance.choice(desk.categories), language=language)
        self._entry(plan, standing, self._encode(opened), "person", standing.customer.id)
        for place, step in enumerate(plan.steps):
            if place:
                later = standing.at + timedelta(minutes=5 + int(chance.random() * 200))
                standing.at = later if later < self._now else max(standing.at, self._now)
            if step in self._steps:
                self._steps[step](plan, standing)
            else:
                self._message(plan, standing, step)
        self._ticket(plan, standing, opened)

    def _moment(self, at: datetime) -> Any:
        """A moment in the form at hand; the one asked for last is kept."""
        if self._moment_of[0] is not at:
            self._moment_of = at, self._form.moment(at)
        return self._moment_of[1]

    def _next(self, table: str) -> int:
        self._ids[table] += 1
        return self._ids[table]

    def _encode(self, event: e.Event) -> Encoded:
        data = e.encode(event)
        return Encoded(event.KIND, data, self._form.text(json.dumps(data, ensure_ascii=False)))

    def _entry(self, plan: Plan, standing: Standing, event: Encoded, actor: str, actor_id: int | None, *,
               part: str = "", public: datetime | None = None) -> None:
        form, at, hashed = self._form, standing.at, ""
        id_ = self._next("entry")
        standing.seq += 1
        if part:
            hashed = self._said(plan, standing, id_, part, internal=public is None)
        standing.digest = entry_digest(before=standing.digest, ticket=plan.number, seq=standing.seq, kind=event.kind,
                                       version=1, data=event.data, actor=(actor, actor_id), happened_at=at,
                                       recorded_at=at, public_from=public, hashed=hashed)
        moment = self._moment(at)
        self.rows["entry"].append((
            id_, plan.number, standing.seq, event.kind, 1, event.text, actor,
            form.null if actor_id is None else actor_id, moment, moment, form.null if public is None else moment,
            standing.digest))

    def _said(self, plan: Plan, standing: Standing, entry: int, part: str, *, internal: bool) -> str:
        form, talk = self._form, standing.talk
        found = self._index.of(talk, part)
        salt = f"{self._chance.getrandbits(128):032x}"
        hashed = body_hash(salt, talk.parts[part], "", "")
        self.rows["entry_body"].append((self._next("entry_body"), entry, found.text, "", "", salt, hashed, form.null))
        self.rows["search_row"].append((
            self._next("search_row"), "ticket", plan.number, standing.seq, int(internal), plan.number, standing.team,
            form.false, talk.language, self._index.version, form.true, found.title_length, found.body_length,
            found.tally, self._moment(standing.at), found.title, found.text, found.keys))
        return hashed

    def _message(self, plan: Plan, standing: Standing, part: str) -> None:
        form, customer = self._form, standing.customer
        by_mail = standing.channel == "mail" or part != "question"
        message = e.Message(channel="mail" if by_mail else standing.channel, person=customer.id,
                            sender=customer.email if by_mail else "", language=standing.talk.language)
        self._entry(plan, standing, self._encoded(message), "person", customer.id, part=part, public=standing.at)
        moment, contact = self._moment(standing.at), self._next("contact")
        self.rows["contact"].append((
            contact, message.channel, "in", customer.id, form.null if by_mail else standing.agent, moment, moment,
            form.text(standing.talk.subject), "tickets", "{}"))
        self.rows["contact_ticket"].append((self._next("contact_ticket"), contact, plan.number,
                                            form.true if part == "question" else form.false))

    def _take(self, plan: Plan, standing: Standing) -> None:
        self._entry(plan, standing, self._encoded(e.Assigned(agent=standing.agent, claimed=True)), "agent",
                    standing.agent)
        standing.assignee, standing.taken_at = standing.agent, standing.taken_at or standing.at
        standing.status = Status.OPEN.value if standing.status == Status.NEW else standing.status

    def _reply(self, plan: Plan, standing: Standing) -> None:
        self._entry(plan, standing, self._encoded(e.Reply(to=(standing.customer.email,))), "agent", standing.agent,
                    part="reply", public=standing.at)
        standing.answered_at = standing.answered_at or standing.at

    def _note(self, plan: Plan, standing: Standing) -> None:
        self._entry(plan, standing, self._encoded(e.Note()), "agent", standing.agent, part="note")

    def _hand_over(self, plan: Plan, standing: Standing) -> None:
        team = self._chance.choice(self._desk.behind)
        over = e.HandedOver(team=team, before=standing.team, reason="needs the next level")
        self._entry(plan, standing, self._encoded(over), "agent", standing.agent)
        self._leg(plan, standing, left_at=standing.at)
        self._follow(plan.number, team)
        standing.team, standing.assignee, standing.taken_at, standing.arrived_at = team, None, None, standing.at
        standing.agent = self._chance.choice(self._desk.technicians)

    def _follow(self, number: int, team: int) -> None:
        """Let the texts that were said so far follow the ticket to another team."""
        rows = self.rows["search_row"]
        place = len(rows) - 1
        while place >= 0 and rows[place][2] == number:
            rows[place] = (*rows[place][:6], team, *rows[place][7:])
            place -= 1

    def _copied(self, plan: Plan, standing: Standing) -> None:
        other = self._chance.choice(self._customers[standing.talk.language])
        if other.id == standing.customer.id:
            return
        event = e.Participation(person=other.id, state="proposed", email=other.email)
        self._entry(plan, standing, self._encoded(event), "person", standing.customer.id)
        self.rows["participant"].append((self._next("participant"), plan.number, other.id, "proposed"))

    def _status(self, plan: Plan, standing: Standing, status: Status, *, by: int | None,
                until: datetime | None = None) -> None:
        event = e.StatusChanged(status=status.value, before=standing.status, until=iso(until))
        self._entry(plan, standing, self._encoded(event), "agent" if by else "system", by)
        standing.status, standing.until = status.value, until

    def _solve(self, plan: Plan, standing: Standing) -> None:
        self._status(plan, standing, Status.SOLVED, by=standing.agent)
        standing.solved_at = standing.at

    def _close(self, plan: Plan, standing: Standing) -> None:
        self._status(plan, standing, Status.CLOSED, by=None)
        standing.closed_at = standing.at

    def _wait(self, plan: Plan, standing: Standing) -> None:
        self._status(plan, standing, Status.WAITING_CUSTOMER, by=standing.agent)

    def _wait_for_date(self, plan: Plan, standing: Standing) -> None:
        until = (self._now + timedelta(days=1 + int(self._chance.random() * 9))).replace(minute=0)
        self._status(plan, standing, Status.WAITING_DATE, by=standing.agent, until=until)

    def _leg(self, plan: Plan, standing: Standing, *, left_at: datetime | None) -> None:
        self.rows["leg"].append((self._next("leg"), plan.number, standing.team, self._moment(standing.arrived_at),
                                 self._or_null(standing.taken_at), self._or_null(left_at)))

    def _or_null(self, moment: datetime | None) -> Any:
        return self._form.null if moment is None else self._moment(moment)

    def _ticket(self, plan: Plan, standing: Standing, opened: e.Opened) -> None:
        form = self._form
        done = standing.solved_at or standing.closed_at
        due = None if standing.answered_at or done else plan.due_at
        rank = self._desk.ranks[opened.priority]
        self.rows["ticket"].append((
            plan.number, form.text(opened.subject), opened.kind, standing.status, self._or_null(standing.until),
            opened.priority, standing.team, form.null if standing.assignee is None else standing.assignee,
            opened.accountable, opened.requester, opened.affected, opened.category, form.null, opened.language,
            form.false, self._moment(plan.entered_at), self._moment(standing.at), self._or_null(standing.solved_at),
            self._or_null(standing.closed_at), 0, form.null, form.null, "[]", standing.seq, standing.digest,
            self._or_null(due), order_key(rank=rank, due_at=due, entered_at=plan.entered_at)))
        self._leg(plan, standing, left_at=None)
        self.rows["clock"].append((
            self._next("clock"), plan.number, self._desk.promise, "first-answer", self._moment(plan.entered_at),
            self._moment(plan.due_at), self._or_null(standing.answered_at), self._or_null(done)))
