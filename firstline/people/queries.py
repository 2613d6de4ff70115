"""Persons as frozen values, and how they are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from firstline.accounts.principal import Principal
from firstline.core.errors import NotFound
from firstline.core.text import email_key, sort_key
from firstline.people.models import Address, Person, Telephone
from firstline.people.rules.names import query_words
from firstline.people.rules.telephones import COUNTRY_OF, digits, fragments, told

_CANDIDATES = 200

Card = TypeVar("Card")


@dataclass(frozen=True, slots=True)
class AddressCard:
    """An e-mail address; `person` is the row that has it, which may be one merged into the card's person."""

    email: str
    written: str
    person: int
    proved_at: datetime | None
    bouncing_since: datetime | None
    bounce_reason: str


@dataclass(frozen=True, slots=True)
class TelephoneCard:
    """A telephone number: `number` as compared, `told` as read, `kind` work, mobile, home …"""

    id: int
    number: str
    told: str
    kind: str
    person: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody with everything that belongs to him; `merged` are the other persons who turned out to be him.

    `canonical` is the person's own id unless he was merged into another. Addresses and telephones are those of the
    whole family where the card is that of its canonical person.
    """

    id: int
    canonical: int
    name: str
    sort_name: str
    language: str
    time_zone: str
    employee_number: str
    organisation: int | None
    organisation_name: str
    location: int | None
    location_name: str
    site_name: str
    agent: int | None
    addresses: tuple[AddressCard, ...]
    telephones: tuple[TelephoneCard, ...]
    merged: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of persons in the order of their sort names; `after` of the next page, None at the end."""

    people: tuple[PersonCard, ...]
    after: int | None


def find_by_address(email: str) -> int | None:
    """The person whose own row has this address (he may be merged: see `canonical_of`), or None."""
    return Address.objects.filter(email=email_key(email)).values_list("person_id", flat=True).first()


def canonical_of(ids: Iterable[int]) -> dict[int, int]:
    """Each person's canonical id: whose tickets, rights and card are his. One query."""
    rows = Person.objects.filter(pk__in=set(ids)).values_list("pk", "canonical_id")
    return {pk: canonical or pk for pk, canonical in rows}


def family(person: int) -> frozenset[int]:
    """The ids of all persons who are the same as this one, himself included."""
    root = canonical_of([person]).get(person, person)
    return frozenset(Person.objects.filter(Q(pk=root) | Q(canonical=root)).values_list("pk", flat=True))


def person(id_: int, *, principal: Principal) -> PersonCard:
    """One person. Agents need `people.see`; a person sees himself. Raises NotFound."""
    if principal.kind == "person":
        if principal.id is None or id_ not in family(principal.id):
            raise NotFound("There is no such person.")
    elif not principal.may("people.see"):
        raise NotFound("There is no such person.")
    found = cards([id_])
    if not found:
        raise NotFound("There is no such person.")
    return found[0]


def search_people(text: str, *, principal: Principal, limit: int = 20) -> list[PersonCard]:
    """Persons by the beginning of any word of their name, a part of an address, telephone digits, employee number.

    Those whose sort name begins with the text come first. Names match across alphabets: shevchenko finds Шевченко.
    """
    principal.require("people.see")
    wanted = _matching(text)
    if wanted is None:
        return []
    rows = list(Person.objects.filter(canonical=None, pk__in=wanted).order_by("sort_name", "pk")
                .values_list("pk", "sort_name")[:_CANDIDATES])
    begins = sort_key(text[:200])
    ranked = sorted(rows, key=lambda row: (not row[1].startswith(begins), row[1], row[0]))
    return cards([pk for pk, _ in ranked[:limit]])


def people_page(*, principal: Principal, after: int | None = None, text: str = "", limit: int = 50) -> PeoplePage:
    """Persons after the person `after`, by sort name; `text` narrows as in `search_people`. At most five queries."""
    principal.require("people.see")
    rows = Person.objects.filter(canonical=None)
    if text.strip():
        wanted = _matching(text)
        if wanted is None:
            return PeoplePage((), None)
        rows = rows.filter(pk__in=wanted)
    if after is not None:
        last = Person.objects.filter(pk=after).values_list("sort_name", flat=True).first()
        if last is None:
            return PeoplePage((), None)
        rows = rows.filter(Q(sort_name__gt=last) | Q(sort_name=last, pk__gt=after))
    ids = list(rows.order_by("sort_name", "pk").values_list("pk", flat=True)[:limit + 1])
    shown = ids[:limit]
    return PeoplePage(tuple(cards(shown)), shown[-1] if len(ids) > limit else None)


def cards(ids: Sequence[int]) -> list[PersonCard]:
    """The cards of some persons in the given order, those that do not exist left out. Four queries for any number."""
    rows = {p.pk: p for p in Person.objects.filter(pk__in=ids).select_related("organisation", "location__site")}
    members: dict[int, list[int]] = defaultdict(list)
    for pk, canonical in (Person.objects.filter(canonical__in=rows).order_by("pk").values_list("pk", "canonical_id")):
        members[canonical or pk].append(pk)
    owners = {member: root for root, family_ in members.items() for member in family_}
    asked = {*rows, *owners}
    addresses: dict[int, list[AddressCard]] = defaultdict(list)
    for row in Address.objects.filter(person__in=asked).order_by("pk"):
        _deal(addresses, row.person_id, rows, owners, _address(row))
    telephones: dict[int, list[TelephoneCard]] = defaultdict(list)
    for line in Telephone.objects.filter(person__in=asked).order_by("pk"):
        _deal(telephones, line.person_id, rows, owners, _telephone(line))
    return [_card(rows[pk], addresses[pk], telephones[pk], members[pk]) for pk in ids if pk in rows]


def _deal(into: dict[int, list[Card]], owner: int, rows: dict[int, Person], owners: dict[int, int],
          card: Card) -> None:
    """Lay a card on its owner's heap and on that of his canonical person."""
    for pk in {owner, owners.get(owner, owner)}:
        if pk in rows:
            into[pk].append(card)


def _matching(text: str) -> QuerySet[Person, int] | None:
    """The canonical ids of those who match a search, or None where there is nothing to search by."""
    text = text.strip()[:200]
    if "@" in text:
        wanted = Q(pk__in=Address.objects.filter(email__contains=email_key(text)).values("person"))
    elif len(digits(text)) >= 3 and not any(c.isalpha() for c in text):
        wanted = _numbered(text)
    else:
        words = query_words(text)
        if not words:
            return None
        wanted = _named(words, text)
    return Person.objects.filter(wanted).values_list(Coalesce("canonical_id", "pk"), flat=True)


def _numbered(text: str) -> Q:
    wanted = Q(employee_number__startswith=text)
    for run in fragments(text, country=COUNTRY_OF.get(settings.LANGUAGE_CODE, "")):
        wanted |= Q(pk__in=Telephone.objects.filter(number__contains=run).values("person"))
    return wanted


def _named(words: list[str], text: str) -> Q:
    wanted = Q()
    for word in words:
        wanted &= Q(search_words__contains=f" {word}")
    if len(text) >= 3 and " " not in text:
        wanted |= Q(pk__in=Address.objects.filter(email__contains=text.lower()).values("person"))
        wanted |= Q(employee_number__istartswith=text)
    return wanted


def _address(row: Address) -> AddressCard:
    return AddressCard(row.email, row.written, row.person_id, row.proved_at, row.bouncing_since, row.bounce_reason)


def _telephone(row: Telephone) -> TelephoneCard:
    return TelephoneCard(row.pk, row.number, told(row.number), row.kind, row.person_id)


def _card(row: Person, addresses: list[AddressCard], telephones: list[TelephoneCard],
          merged: list[int]) -> PersonCard:
    place = row.location
    return PersonCard(
        row.pk, row.canonical_id or row.pk, row.name, row.sort_name, row.language, row.time_zone, row.employee_number,
        row.organisation_id, row.organisation.name if row.organisation else "", row.location_id,
        place.name if place else "", place.site.name if place else "", row.agent_id, tuple(addresses),
        tuple(telephones), tuple(merged))
