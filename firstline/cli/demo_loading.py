"""A demo desk comes to life: agents, forty people, and the tickets of thirty days."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from firstline.accounts.principal import OPERATOR, SYSTEM, Principal
from firstline.accounts.queries import agent_of_email
from firstline.cli import demo_fates
from firstline.cli.demo_cases import Company, Human, Problem, companies, problem
from firstline.cli.demo_letters import DESK
from firstline.cli.demo_mailroom import Mailroom
from firstline.cli.demo_story import Customer, Scene, Story
from firstline.core import memo
from firstline.core.errors import Conflict
from firstline.flows import agents, mailboxes, people_changing
from firstline.flows.setting_up import set_up
from firstline.notices.queries import is_ours
from firstline.people.queries import find_by_address, search_people
from firstline.routing import queries as routing

TICKETS = demo_fates.TICKETS
_DAYS = 30


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
    Colleague("programs@desk.example", "Zsófia Kertész", "technician", "applications"),
    Colleague("accounts@desk.example", "Anders Frøland", "technician", "accounts"),
    Colleague("manager@desk.example", "Helen Brooks", "manager", ""),
    Colleague("keeper@desk.example", "Varga Ildikó", "keeper", ""),
    Colleague("auditor@desk.example", "Ruth Nilsen", "auditor", ""),
)


def load_staff(*, password: str, language: str, now: datetime) -> None:
    """The desk with its agents, who all have the one password. Harmless to repeat."""
    if not is_ours(DESK):
        mailboxes.add_mailbox(by=OPERATOR, now=now, address=DESK, servers=mailboxes.Servers(), language=language,
                              name="Dunatherm Help Desk", plus_addresses=True)
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


def load_people(*, now: datetime) -> dict[str, list[Customer]]:
    """Forty persons by language; some have no address. Harmless to repeat."""
    found: dict[str, list[Customer]] = {}
    numbers = count(1)
    for company in companies():
        organisation = _organisation(company, now=now)
        ids = [_person(company, human, next(numbers), organisation, now=now) for human in company.people]
        found[company.language] = [Customer(*pair) for pair in zip(ids, company.people, strict=True)]
    return found


def load_tickets(people: dict[str, list[Customer]], *, now: datetime, begin: int, post: Path,
                 done: Callable[[int], None]) -> None:
    """The tickets from number `begin` on, oldest first; `done` hears of each one that is there. What the desk writes
    is kept in the folder `post`."""
    moments = sorted(_moment(number, now=now) for number in range(TICKETS))
    with memo.batch(), _scene(people, post=post) as scene:
        for number in range(begin, TICKETS):
            asked = problem(number)
            who = _customer(number, asked, people[asked.language])
            demo_fates.live(Story(number, asked, who, scene, at=moments[number], now=now))
            done(number + 1)


def _customer(number: int, asked: Problem, group: list[Customer]) -> Customer:
    """Who asks: everybody takes turns, but nobody is named in his own words, and who must write has mail."""
    by_mail = demo_fates.channel_of(number) == "mail"
    turns = [group[(number // 6 + step) % len(group)] for step in range(len(group))]
    fitting = (one for one in turns if one.human.name.split()[-1] not in asked.subject + asked.text
               and (one.human.email or not by_mail))
    return next(fitting, turns[0])


def _moment(number: int, *, now: datetime) -> datetime:
    """A minute in office hours of the last four weeks, the same one for the same number."""
    drawn = (_drawn(f"{number}/{draw}", now=now) for draw in count())
    return next(moment for moment in drawn if moment < now and moment.weekday() < 5)


def _drawn(seed: str, *, now: datetime) -> datetime:
    days, hour, minute, second = hashlib.blake2b(seed.encode(), digest_size=4).digest()
    return (now - timedelta(days=days % _DAYS)).replace(hour=7 + hour % 8, minute=minute % 60, second=second % 60)


def _organisation(company: Company, *, now: datetime) -> int | None:
    try:
        return people_changing.add_organisation(by=SYSTEM, now=now, name=company.name, domains=(company.domain,))
    except Conflict:
        return None


def _person(company: Company, human: Human, number: int, organisation: int | None, *, now: datetime) -> int:
    telephone = company.phone.format(n=number)
    if not human.email:
        known = search_people(telephone, principal=SYSTEM, limit=1)
        return known[0].id if known else people_changing.create_person(
            by=SYSTEM, now=now, name=human.name, telephone=telephone, language=company.language,
            organisation=organisation)
    known_id = find_by_address(human.email)
    return known_id if known_id is not None else people_changing.create_person(
        by=SYSTEM, now=now, name=human.name, email=human.email, telephone=telephone, language=company.language,
        employee_number=f"E{1000 + number}", organisation=organisation)


def _teams() -> dict[str, int]:
    """The lowest team of every centre by the centre's key."""
    found: dict[str, int] = {}
    for team in routing.teams():
        found.setdefault(team.centre_key, team.id)
    return found


@contextmanager
def _scene(people: dict[str, list[Customer]], *, post: Path) -> Iterator[Scene]:
    centres = routing.centres()
    categories = {c.key: (c.id, centres.get(c.centre or 0, "")) for c in routing.categories()}
    known = {each: _principal(each.email) for each in STAFF}
    front = tuple(who for each, who in known.items() if each.role in ("front-line", "lead"))
    technicians = {each.centre: who for each, who in known.items() if each.role == "technician"}
    with Mailroom(post) as mailroom:
        yield Scene(front, technicians, _teams(), categories, {p.rank: p.id for p in routing.priorities()}, people,
                    mailroom)


def _principal(email: str) -> Principal:
    found = routing.principal_of(agent_of_email(email) or 0)
    if found is None:
        raise Conflict("The demo desk is not whole; begin anew with an empty FIRSTLINE_HOME.")
    return found
