"""Two persons turn out to be one, and sometimes turn out not to be after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from firstline.accounts import audit
from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, NotFound
from firstline.people.models import Person, PersonMerge


def merge(person: int, *, into: int, by: Principal, now: datetime) -> None:
    """From now on `person`, and whoever was merged into him, counts as `into`; no row moves, so `part` is exact.

    Conflict where he is merged already, or would be merged into himself by way of others.
    """
    by.require("people.merge")
    with transaction.atomic():
        root = _locked_roots(person, into)
        if _is_merged(person):
            raise Conflict("This person is already part of another; part them first.")
        if root == person:
            raise Conflict("These are one and the same person already.")
        PersonMerge.objects.create(person_id=person, into_id=into, by=by.id, at=now)
        Person.objects.filter(canonical=person).update(canonical=root)
        Person.objects.filter(pk=person).update(canonical=root)
        audit.line("person.merged", by=by, now=now, object_kind="person", object_id=person, into=into)


def part(person: int, *, by: Principal, now: datetime) -> None:
    """Undo the merge of `person` into another; those merged into him go with him. Conflict where he is not merged."""
    by.require("people.merge")
    with transaction.atomic():
        _locked_roots(person, person)
        active = PersonMerge.objects.filter(person=person, parted_at=None).first()
        if active is None:
            raise Conflict("This person is not part of another.")
        active.parted_at = now
        active.save(update_fields=["parted_at"])
        Person.objects.filter(pk__in=_below(person)).update(canonical=person)
        Person.objects.filter(pk=person).update(canonical=None)
        audit.line("person.parted", by=by, now=now, object_kind="person", object_id=person, into=active.into_id)


def _locked_roots(person: int, into: int) -> int:
    """Lock both and the canonical persons of both, ascending; returns the canonical person of `into`."""
    roots = _roots(person, into)
    wanted = sorted({person, into, *roots.values()})
    list(Person.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True))
    if _roots(person, into) != roots:
        raise Conflict("Somebody else is merging these persons; look again.")
    return roots[into]


def _roots(*ids: int) -> dict[int, int]:
    rows = Person.objects.filter(pk__in=ids).values_list("pk", "canonical_id")
    found = {pk: canonical or pk for pk, canonical in rows}
    if len(found) != len(set(ids)):
        raise NotFound("There is no such person.")
    return found


def _is_merged(person: int) -> bool:
    return PersonMerge.objects.filter(person=person, parted_at=None).exists()


def _below(person: int) -> set[int]:
    """Everybody merged into `person`, directly or by way of others."""
    found: set[int] = set()
    frontier = {person}
    while frontier:
        rows = PersonMerge.objects.filter(into__in=frontier, parted_at=None).values_list("person_id", flat=True)
        frontier = set(rows) - found
        found |= frontier
    return found
