"""One ticket of the demo desk and what happens to it, step by step in desk hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from babel.dates import format_datetime

from firstline.accounts.principal import SYSTEM, Principal
from firstline.cli import demo_letters
from firstline.cli.demo_cases import Human, Problem, note, phrases, reason
from firstline.cli.demo_letters import Draft
from firstline.cli.demo_mailroom import Mailroom, answers_of
from firstline.flows import assigning, editing, handing_over, opening, replying, resolving, waiting
from firstline.flows.receive import Became
from firstline.routing.defaults import FRONT_LINE
from firstline.tickets.rules.states import Status

_OPENS, _SHUTS = 7, 15
_CHARSETS = {"nb": "iso-8859-1", "da": "iso-8859-1", "hu": "iso-8859-2", "uk": "koi8-u", "bg": "windows-1251",
             "en": "utf-8"}
_TAGS = ("erp", "vpn", "audit", "wi-fi", "bitlocker")
_TURNS = (1, 2, 1, 2, 2, 1, 0)
_ELSEWHERE = "servers"
_RANKS = (4, 4, 3, 4, 5, 4, 4, 3, 4, 4, 5)


class Ahead(Exception):
    """What would come next has not happened yet."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A person whom the desk knows."""

    id: int
    human: Human


@dataclass(frozen=True, slots=True)
class Scene:
    """Who works at the desk and who calls it."""

    front: tuple[Principal, ...]
    technicians: dict[str, Principal]
    teams: dict[str, int]
    categories: dict[str, tuple[int, str]]
    priorities: dict[int, int]
    people: dict[str, list[Customer]]
    mailroom: Mailroom


def desk_after(moment: datetime, minutes: int) -> datetime:
    """The moment so many desk minutes later; a desk day is 7 to 15 UTC on workdays."""
    left = timedelta(minutes=minutes)
    while True:
        shuts = moment.replace(hour=_SHUTS, minute=0, second=0)
        if moment.weekday() < 5 and moment + left < shuts:
            return moment + left
        if moment.weekday() < 5:
            left -= max(shuts - moment, timedelta())
        moment = (moment + timedelta(days=1)).replace(hour=_OPENS, minute=2)


class Story:
    """A ticket in the making: each deed happens at the story's moment, which only moves on within desk hours."""

    def __init__(self, index: int, asked: Problem, who: Customer, scene: Scene, *, at: datetime,
                 now: datetime) -> None:
        self.index, self.asked, self.who, self.scene = index, asked, who, scene
        self.at, self._now = at, now
        self.number = 0
        self.front = scene.front[_TURNS[index % len(_TURNS)]]
        self.solver = self.front
        self.category, centre = scene.categories[asked.category]
        self.centre = centre if centre != FRONT_LINE else _ELSEWHERE
        self._phrases = phrases(asked.language)

    def later(self, minutes: int) -> None:
        """Let desk minutes pass; raises Ahead where the next deed would lie ahead."""
        moment = desk_after(self.at, minutes + self.index * 7 % 13)
        if moment >= self._now - timedelta(minutes=1):
            raise Ahead
        self.at = moment

    def written(self) -> None:
        """The customer writes, and his letter opens the ticket."""
        draft = self._draft(self.asked.subject, self.asked.text)
        if self.asked.kind == "request" and self.index % 4 == 2:
            draft = replace(draft, cc=[self._colleague()])
        style = self.index % 5
        if style == 0 and self.asked.kind == "fault":
            raw = demo_letters.pictured(draft, name="Screenshot 1.png")
        elif style in (0, 1, 3):
            raw = demo_letters.styled(draft)
        else:
            raw = demo_letters.plain(draft, charset=_CHARSETS[self.asked.language])
        self.number = self.arrive(raw).ticket or 0

    def told(self, channel: str) -> None:
        """The customer calls or comes to the counter, or fills in the portal's form."""
        by = SYSTEM if channel == "portal" else self.front
        self.number = opening.open_ticket(
            by=by, now=self.at, subject=self.asked.subject, text=self.asked.text, requester=self.who.id,
            channel=channel, kind=self.asked.kind, category=self.category, priority=self._priority(),
            language=self.asked.language)

    def sorted(self) -> None:
        """The front line says what it is and how urgent."""
        editing.edit(self.number, by=self.front, now=self.at, kind=self.asked.kind, category=self.category,
                     priority=self._priority(), add_tags=self._tags())

    def claimed(self) -> None:
        """Whoever solves takes it; from the front line he often answers for it, too."""
        assigning.claim(self.number, by=self.solver, now=self.at)
        if self.solver is self.front and self.index % 3 and self.front.id is not None:
            assigning.answer_for(self.number, by=self.front, now=self.at, agent=self.front.id)

    def handed_over(self) -> None:
        """To the centre of its category, where a technician may take it up."""
        handing_over.hand_over(self.number, by=self.solver, now=self.at, team=self.scene.teams[self.centre],
                               reason=reason(self.asked.category, self.index))
        self.solver = self.scene.technicians.get(self.centre, self.solver)

    def noted(self) -> None:
        replying.note(self.number, by=self.solver, now=self.at, text=note(self.asked.category, self.index))

    def says(self, text: str, then: Status | None = None) -> None:
        """The desk answers."""
        replying.reply(self.number, by=self.solver, now=self.at, text=text, then=then)
        self.scene.mailroom.leave(at=self.at)

    def takes_up(self) -> None:
        self.says(self._phrases.taken_up[self.index // 6 % 3])

    def asks_back(self) -> None:
        self.says(self.asked.ask or self._phrases.asked_back[self.index // 6 % 3], Status.WAITING_CUSTOMER)

    def solves(self) -> None:
        """In writing where he reads mail, else in speech."""
        if self.who.human.email:
            self.says(self.asked.answer, Status.SOLVED)
        else:
            resolving.solve(self.number, by=self.solver, now=self.at, answer=self.asked.answer)

    def solves_in_speech(self) -> None:
        resolving.solve(self.number, by=self.solver, now=self.at, answer=self.asked.answer)

    def waits(self, status: Status, *, days: int = 0, why: str = "") -> None:
        until = self._now + timedelta(days=days) if days else None
        waiting.wait(self.number, by=self.solver, now=self.at, status=status, until=until, reason=why)

    def answers(self, text: str) -> None:
        """The customer answers our last mail and quotes it; without mail he is called."""
        mails = answers_of(self.number)
        if not mails or not self.who.human.email:
            replying.note(self.number, by=self.solver, now=self.at, text=f"{self.who.human.name}, by phone: {text}")
            waiting.resume(self.number, by=self.solver, now=self.at)
            return
        last = mails[-1]
        draft = replace(self._draft(f"Re: {self.asked.subject} [#{self.number}]", text), answers=[last.message_id],
                        quoted=self._quoted(self.asked.ask or self.asked.answer, last.written_at))
        pictured = any(word in text.casefold() for word in ("attached", "kép", "bilde", "foto", "фото", "снимк"))
        self.arrive(demo_letters.pictured(draft, name="IMG_2041.png") if pictured
                    else demo_letters.styled(draft) if self.index % 2 else demo_letters.plain(draft))

    def comes_back(self) -> None:
        self.answers(self._phrases.back)

    def arrive(self, raw: bytes, *, envelope_from: str | None = None) -> Became:
        return self.scene.mailroom.arrive(raw, at=self.at, envelope_from=envelope_from)

    def absent(self) -> Draft:
        """The customer's automatic answer to our last mail."""
        return replace(self._draft(self._phrases.away, self._phrases.absence),
                       answers=[answers_of(self.number)[-1].message_id], headers=[("Auto-Submitted", "auto-replied")])

    def _draft(self, subject: str, text: str) -> Draft:
        human = self.who.human
        closing = f"{self._phrases.regards}\n{human.name}\n{human.title}, {self._company()}"
        return Draft((human.name, human.email), subject, text, self.at, closing=closing)

    def _company(self) -> str:
        return "Dunatherm" if self.asked.language in ("en", "hu", "nb", "da") else "Дунатерм"

    def _colleague(self) -> tuple[str, str]:
        group = [one.human for one in self.scene.people[self.asked.language]
                 if one.human.email and one.id != self.who.id]
        other = group[self.index % len(group)]
        return other.name, other.email

    def _quoted(self, text: str, written: datetime) -> str:
        when = format_datetime(written, "d. MMM y HH:mm", locale=self.asked.language)
        head = self._phrases.wrote.format(name=self.solver.name, when=when)
        return "\n".join([head, *(f"> {line}" for line in [*text.splitlines(), "", self.solver.name])])

    def _priority(self) -> int:
        urgent = self.asked.kind == "fault" and self.asked.category.startswith("security")
        return self.scene.priorities[2 if urgent else _RANKS[self.index % len(_RANKS)]]

    def _tags(self) -> list[str]:
        said = f"{self.asked.subject} {self.asked.text}".casefold()
        return [word for word in _TAGS if word in said]
