"""The people of a seeded desk: organisations, customers with addresses and telephones, and its agents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bench.seeding import texts

AGENTS = (("anna.berg", "Anna Berg", "lead"), ("ivan.petrenko", "Іван Петренко", "front-line"),
          ("maria.hansen", "Maria Hansen", "front-line"), ("zoltan.nagy", "Nagy Zoltán", "front-line"),
          ("elena.todorova", "Елена Тодорова", "front-line"), ("john.fields", "John Fields", "technician"),
          ("kirsten.lund", "Kirsten Lund", "technician"), ("peter.szabo", "Szabó Péter", "technician"),
          ("olha.koval", "Ольга Коваль", "technician"), ("nikolay.iliev", "Николай Илиев", "technician"))


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes to the desk."""

    id: int
    email: str


def agents(*, now: datetime) -> tuple[list[int], list[int]]:
    """The ids of front-line agents and of technicians; made where the desk has none but its administrator."""
    from firstline.accounts.models import Agent
    from firstline.accounts.principal import OPERATOR
    from firstline.flows.agents import Place, add_agent
    from firstline.routing import queries as routing

    cards = routing.teams()
    front = next(card.id for card in cards if card.shared)
    behind = [card.id for card in cards if not card.shared]
    found: dict[str, list[int]] = {"front-line": [], "technician": [], "lead": []}
    for place, (local, name, role) in enumerate(AGENTS):
        email = f"{local}@desk.example"
        known = Agent.objects.filter(email=email).values_list("pk", flat=True).first()
        teams = [front] if role != "technician" else [behind[place % len(behind)]]
        found[role].append(known or add_agent(
            by=OPERATOR, now=now, email=email, name=name, roles=[role],
            places=[Place(team, lead=role == "lead") for team in teams]))
    return found["front-line"] + found["lead"], found["technician"]


def customers(chance: Random, *, tickets: int, now: datetime) -> dict[str, list[Customer]]:
    """Customers by language: one for each twenty tickets, at least ten of each language."""
    from django.db import transaction

    many = max(60, tickets // 20)
    with transaction.atomic():
        return {language: _of_language(language, chance, many=many // len(texts.LANGUAGES), now=now)
                for language in texts.LANGUAGES}


def _of_language(language: str, chance: Random, *, many: int, now: datetime) -> list[Customer]:
    from firstline.people.models import Address, Domain, Organisation, Person, Telephone
    from firstline.people.rules.names import search_words, sort_name

    words = texts.pool(language)
    firms = [Organisation.objects.create(name=name, sort_name=sort_name(name, language="hu"), created_at=now)
             for name in words["organisations"]]
    Domain.objects.create(organisation=firms[0], name=words["domain"])
    people = []
    for place in range(many):
        given, family = words["given"][place % 8], words["family"][place // 8 % 8]
        name = f"{family} {given}" if language == "hu" else f"{given} {family}"
        people.append(Person(name=name, sort_name=sort_name(name, language=language), search_words=search_words(name),
                             language=language, organisation=chance.choice(firms), created_at=now,
                             employee_number=f"{language.upper()}{place:06}"))
    made = Person.objects.bulk_create(people, batch_size=500)
    emails = [f"person.{place}@{words['domain']}" for place in range(many)]
    Address.objects.bulk_create([Address(person=person, email=email, written=email)
                                 for person, email in zip(made, emails, strict=True)], batch_size=500)
    Telephone.objects.bulk_create([
        Telephone(person=person, number=f"+4712{person.pk:06}", written=f"12 {person.pk:06}")
        for person in made[::2]], batch_size=500)
    return [Customer(person.pk, email) for person, email in zip(made, emails, strict=True)]
