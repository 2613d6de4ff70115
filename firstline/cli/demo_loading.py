"""A demo desk comes to life: agents, forty people, and the tickets of four weeks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from firstline.accounts.principal import OPERATOR, SYSTEM, Principal
from firstline.accounts.queries import agent_of_email
from firstline.cli.demo_cases import Company, Problem, companies, problem
from firstline.core.errors import Conflict
from firstline.flows import agents, assigning, handing_over, opening, people_changing, replying, resolving
from firstline.flows.setting_up import set_up
from firstline.people.queries import find_by_address, search_people
from firstline.routing import queries as routing
from firstline.tickets.rules.states import Status

TICKETS = 120
_FATES = ("solved", "closed", "closed", "open", "handed", "closed", "waiting", "solved", "closed", "solved-above")
_NEW = 14
_CHANNELS = ("mail", "phone", "mail", "walk-in", "phone", "portal", "mail")

_ASKED_BACK = {
    "en": "Could you tell us since when you see this, and whether a colleague has it too?",
    "hu": "Meg tudná írni, mióta tapasztalja ezt, és hogy más kollégánál is előfordul-e?",
    "nb": "Kan du si oss når dette begynte, og om en kollega ser det samme?",
    "da": "Kan du fortælle os, hvornår det begyndte, og om en kollega ser det samme?",
    "uk": "Підкажіть, будь ласка, відколи це з'явилося і чи бачить це хтось із колег?",
    "bg": "Бихте ли написали откога е това и дали се случва и при колега?",
}
_TAKEN_UP = {
    "en": "Thank you, we have it. A technician is looking at it; you hear from us by tomorrow.",
    "hu": "Köszönjük, megkaptuk. Egy technikus már foglalkozik vele, legkésőbb holnap jelentkezünk.",
    "nb": "Takk, vi har den. En tekniker ser på saken, og du hører fra oss innen i morgen.",
    "da": "Tak, vi har den. En tekniker ser på sagen, og du hører fra os senest i morgen.",
    "uk": "Дякуємо, ми отримали заявку. Технік уже працює, відповімо не пізніше завтра.",
    "bg": "Благодарим, получихме заявката. Техник вече работи по нея, ще се обадим най-късно утре.",
}
_RANKS = (4, 4, 3, 4, 5, 4, 4, 3, 4, 2, 4)


@dataclass(frozen=True, slots=True)
class Colleague:
    """An agent of the demo desk."""

    email: str
    name: str
    role: str
    centre: str
    lead: bool = False


STAFF = (
    Colleague("admin@desk.example", "Astrid Lund", "administrator", ""),
    Colleague("lead@desk.example", "Nagy Péter", "lead", "front-line", lead=True),
    Colleague("front@desk.example", "Emily Carter", "front-line", "front-line"),
    Colleague("front2@desk.example", "Оксана Мельник", "front-line", "front-line"),
    Colleague("workplace@desk.example", "Mikkel Holm", "technician", "workplace"),
    Colleague("network@desk.example", "Kari Nordmann", "technician", "network"),
    Colleague("servers@desk.example", "Иван Тодоров", "technician", "servers"),
    Colleague("manager@desk.example", "Helen Brooks", "manager", ""),
    Colleague("keeper@desk.example", "Varga Ildikó", "keeper", ""),
    Colleague("auditor@desk.example", "Ruth Nilsen", "auditor", ""),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who works at the desk and who calls it."""

    front: tuple[Principal, ...]
    technicians: dict[str, Principal]
    teams: dict[str, int]
    categories: dict[str, tuple[int, str]]
    priorities: dict[int, int]
    people: dict[str, list[int]]


def load_staff(*, password: str, language: str, now: datetime) -> None:
    """The desk with its agents, who all have the one password. Harmless to repeat."""
    first = STAFF[0]
    set_up(admin_email=first.email, name=first.name, language=language, now=now)
    lowest = _teams()
    for each in STAFF:
        if each is first:
            welcome = agents.make_link(agent_of_email(each.email) or 0, by=OPERATOR, now=now)
            agents.set_password(welcome.secret, password, now=now)
        elif agent_of_email(each.email) is None:
            places = [agents.Place(lowest[each.centre], lead=each.lead)] if each.centre else []
            agents.add_agent(by=OPERATOR, now=now, email=each.email, name=each.name, roles=[each.role], places=places,
                             language=language, password=password)


def load_people(*, now: datetime) -> dict[str, list[int]]:
    """Forty persons by language; one in seven has no address. Harmless to repeat."""
    found: dict[str, list[int]] = {}
    numbers = count(1)
    for company in companies():
        organisation = _organisation(company, now=now)
        found[company.language] = [_person(company, name, next(numbers), organisation, now=now)
                                   for name in company.people]
    return found


def load_tickets(people: dict[str, list[int]], *, now: datetime, begin: int, done: Callable[[int], None]) -> None:
    """The tickets from number `begin` on, oldest first; `done` hears of each one that is there."""
    scene = _scene(people)
    moments = sorted(_moment(number, now=now) for number in range(TICKETS))
    for number, entered in enumerate(moments):
        if number >= begin:
            _live(number, problem(number), scene, entered=entered, now=now)
            done(number + 1)


def _moment(number: int, *, now: datetime) -> datetime:
    """A minute in office hours of the last four weeks, the same one for the same number."""
    drawn = (_drawn(f"{number}/{draw}", now=now) for draw in count())
    return next(moment for moment in drawn if moment < now and moment.weekday() < 5)


def _drawn(seed: str, *, now: datetime) -> datetime:
    days, hour, minute, second = hashlib.blake2b(seed.encode(), digest_size=4).digest()
    return (now - timedelta(days=days % 28)).replace(hour=6 + hour % 9, minute=minute % 60, second=second % 60)


def _organisation(company: Company, *, now: datetime) -> int | None:
    try:
        return people_changing.add_organisation(by=SYSTEM, now=now, name=company.name, domains=(company.domain,))
    except Conflict:
        return None


def _person(company: Company, name: str, number: int, organisation: int | None, *, now: datetime) -> int:
    telephone = company.phone.format(n=number)
    if number % 7 == 0:
        known = search_people(telephone, principal=SYSTEM, limit=1)
        return known[0].id if known else people_changing.create_person(
            by=SYSTEM, now=now, name=name, telephone=telephone, language=company.language, organisation=organisation)
    email = f"person{number}@{company.domain}"
    known_id = find_by_address(email)
    return known_id if known_id is not None else people_changing.create_person(
        by=SYSTEM, now=now, name=name, email=email, telephone=telephone, language=company.language,
        employee_number=f"E{1000 + number}", organisation=organisation)


def _teams() -> dict[str, int]:
    """The lowest team of every centre by the centre's key."""
    found: dict[str, int] = {}
    for team in routing.teams():
        found.setdefault(team.centre_key, team.id)
    return found


def _scene(people: dict[str, list[int]]) -> Scene:
    centres = routing.centres()
    categories = {c.key: (c.id, centres.get(c.centre or 0, "")) for c in routing.categories()}
    known = {each: _principal(each.email) for each in STAFF}
    front = tuple(who for each, who in known.items() if each.role in ("front-line", "lead"))
    return Scene(front, {e.centre: who for e, who in known.items() if e.role == "technician"}, _teams(), categories,
                 {p.rank: p.id for p in routing.priorities()}, people)


def _principal(email: str) -> Principal:
    found = routing.principal_of(agent_of_email(email) or 0)
    if found is None:
        raise Conflict("The demo desk is not whole; begin anew with an empty FIRSTLINE_HOME.")
    return found


def _live(number: int, asked: Problem, scene: Scene, *, entered: datetime, now: datetime) -> None:
    """One ticket from its beginning to where it stands today; the last ones are still untouched."""
    group = scene.people[asked.language]
    front = scene.front[number % len(scene.front)]
    channel = _CHANNELS[number % len(_CHANNELS)]
    category, centre = scene.categories[asked.category]
    ticket = opening.open_ticket(
        by=front if channel in ("phone", "walk-in") else SYSTEM, now=entered, subject=asked.subject, text=asked.text,
        requester=group[number // len(scene.people) % len(group)], channel=channel, kind=asked.kind,
        category=category, priority=scene.priorities[_RANKS[number % len(_RANKS)]], language=asked.language)
    if number < TICKETS - _NEW:
        fate = _FATES[number % len(_FATES)]
        case = Case(ticket, asked, entered, now)
        assigning.claim(ticket, by=front, now=case.after(minutes=20))
        solver = front
        if fate in ("handed", "solved-above") and centre in scene.technicians:
            solver = scene.technicians[centre]
            _goes_up(case, scene.teams[centre], front=front, solver=solver)
        _ends(case, fate, front=front, solver=solver)


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket of the demo and its hours, of which none lies ahead."""

    number: int
    asked: Problem
    entered: datetime
    now: datetime

    def after(self, **time: int) -> datetime:
        """A moment after it came in, or now."""
        return min(self.entered + timedelta(**time), self.now)


def _goes_up(case: Case, team: int, *, front: Principal, solver: Principal) -> None:
    replying.reply(case.number, by=front, now=case.after(minutes=30), text=_TAKEN_UP[case.asked.language])
    handing_over.hand_over(case.number, by=front, now=case.after(minutes=35), team=team,
                           reason="The usual steps did not help.")
    assigning.claim(case.number, by=solver, now=case.after(hours=2))
    replying.note(case.number, by=solver, now=case.after(hours=2, minutes=10),
                  text="Seen on the spot, reproduced twice.")


def _ends(case: Case, fate: str, *, front: Principal, solver: Principal) -> None:
    language = case.asked.language
    if fate == "waiting":
        replying.reply(case.number, by=front, now=case.after(minutes=40), text=_ASKED_BACK[language],
                       then=Status.WAITING_CUSTOMER)
    elif fate in ("solved", "closed", "solved-above"):
        replying.reply(case.number, by=solver, now=case.after(hours=3), text=case.asked.answer, then=Status.SOLVED)
        if fate == "closed":
            resolving.close(case.number, by=front, now=case.after(days=5))
    elif fate == "open" and case.number % 3:
        replying.reply(case.number, by=front, now=case.after(minutes=30), text=_TAKEN_UP[language])
