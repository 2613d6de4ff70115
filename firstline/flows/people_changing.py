"""Persons come to be known and are kept up to date."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from firstline.accounts import audit
from firstline.accounts.principal import Principal
from firstline.core.errors import Conflict, DeskError, NotFound
from firstline.core.text import email_key, line
from firstline.people.models import Address, Domain, Location, Organisation, Person, Telephone
from firstline.people.rules.names import display_name, search_words, sort_name
from firstline.people.rules.telephones import COUNTRY_OF, compared


def recognise(email: str, name: str, *, now: datetime, language: str = "") -> int:
    """The person whose row has this address, made if there is none; race-safe within the caller's transaction.

    A name is taken over only where the person has none: From proves nothing. The organisation of a new person is
    that of the mail domain or of a domain above it. Of two at once both get the one person.
    """
    key = _address_key(email)
    known = Address.objects.filter(email=key).values_list("person_id", "person__name").first()
    if known is None:
        try:
            with transaction.atomic():
                return _make(key, email, display_name(name, email=key, language=language), now, language)
        except IntegrityError:
            known = Address.objects.filter(email=key).values_list("person_id", "person__name").get()
    person, has_name = known
    if not has_name and (found := display_name(name, email=key, language=language)):
        Person.objects.filter(pk=person, name="").update(**_named(found, language))
    return person


def recognise_all(named: dict[str, str], *, now: datetime) -> dict[str, int]:
    """The canonical person of each address (address: name as written), as `recognise`; no address, no person.

    Addresses are taken in sorted order, so that two letters at once never wait for each other; the result keeps the
    order given.
    """
    keys = {email: key for email in named if (key := _key_or_none(email))}
    rows = Address.objects.filter(email__in=list(keys.values())).values_list(
        "email", "person_id", "person__name", "person__canonical_id")
    known = {email: (root or person) for email, person, name, root in rows if name}
    found = {email: known[key] for email, key in keys.items() if key in known}
    others = {email: recognise(email, named[email], now=now) for email in sorted(keys) if email not in found}
    if others:
        roots = dict(Person.objects.filter(pk__in=others.values()).values_list("pk", "canonical_id"))
        found.update({email: roots.get(person) or person for email, person in others.items()})
    return {email: found[email] for email in named if email in found}


def _key_or_none(email: str) -> str | None:
    try:
        return _address_key(email)
    except DeskError:
        return None


def _make(key: str, written: str, name: str, now: datetime, language: str) -> int:
    made = Person.objects.create(**_named(name, language), language=language[:8], created_at=now,
                                 organisation_id=_organisation_of(key))
    Address.objects.create(person=made, email=key, written=line(written, limit=254))
    return made.pk


def _named(name: str, language: str) -> dict[str, str]:
    clean = line(name, limit=200)
    return {"name": clean, "sort_name": sort_name(clean, language=language), "search_words": search_words(clean)}


def _address_key(email: str) -> str:
    key = email_key(line(email, limit=1000))
    local, at, domain = key.rpartition("@")
    if not (at and local and domain) or " " in key:
        raise DeskError("“%(email)s” is not an e-mail address.", email=line(email, limit=80))
    return key


def _organisation_of(key: str) -> int | None:
    labels = key.rpartition("@")[2].split(".")[-6:]
    names = [".".join(labels[at:]) for at in range(max(len(labels) - 1, 1))]
    found = dict(Domain.objects.filter(name__in=names).values_list("name", "organisation_id"))
    return next((found[name] for name in names if name in found), None)


def create_person(*, by: Principal, now: datetime, name: str, email: str = "", telephone: str = "",
                  language: str = "", employee_number: str = "", organisation: int | None = None,
                  location: int | None = None) -> int:
    """A person made by an agent; neither an address nor a telephone is needed. Conflict if the address is taken."""
    by.require("people.change")
    with transaction.atomic():
        key = _address_key(email) if email else ""
        made = Person.objects.create(
            **_named(name, language), language=language, employee_number=line(employee_number, limit=60),
            organisation_id=_known_organisation(organisation) or (_organisation_of(key) if key else None),
            location_id=_known_location(location), created_at=now)
        if key:
            _add_address(made.pk, key, email)
        if telephone:
            _add_telephone(made.pk, telephone, "work")
        audit.line("person.created", by=by, now=now, object_kind="person", object_id=made.pk)
    return made.pk


def edit_person(person: int, *, by: Principal, now: datetime, name: str | None = None, language: str | None = None,
                time_zone: str | None = None, employee_number: str | None = None) -> None:
    """Change what is given; the rest stays."""
    by.require("people.change")
    with transaction.atomic():
        row = _locked(person)
        old = {"name": row.name, "language": row.language, "time_zone": row.time_zone,
               "employee_number": row.employee_number}
        new = {"name": name, "language": language, "time_zone": time_zone, "employee_number": employee_number}
        changed = {key: line(value, limit=60 if key != "name" else 200) for key, value in new.items()
                   if value is not None and value != old[key]}
        if not changed:
            return
        row.language = changed.get("language", row.language)[:8]
        row.time_zone = changed.get("time_zone", row.time_zone)
        row.employee_number = changed.get("employee_number", row.employee_number)
        for column, value in _named(changed.get("name", row.name), row.language).items():
            setattr(row, column, value)
        row.save()
        audit.line("person.edited", by=by, now=now, object_kind="person", object_id=person, fields=sorted(changed))


def place_person(person: int, *, by: Principal, now: datetime, organisation: int | None,
                 location: int | None) -> None:
    """Say to which organisation a person belongs and where he sits; None takes it away."""
    by.require("people.change")
    with transaction.atomic():
        row = _locked(person)
        row.organisation_id = _known_organisation(organisation)
        row.location_id = _known_location(location)
        row.save(update_fields=["organisation", "location"])
        audit.line("person.placed", by=by, now=now, object_kind="person", object_id=person)


def add_address(person: int, *, by: Principal, now: datetime, email: str) -> None:
    """Give a person another address; Conflict if somebody has it (merge the two persons instead)."""
    by.require("people.change")
    with transaction.atomic():
        _locked(person)
        _add_address(person, _address_key(email), email)
        audit.line("person.address_added", by=by, now=now, object_kind="person", object_id=person)


def remove_address(person: int, *, by: Principal, now: datetime, email: str) -> None:
    """Take an address away: mail from it makes a new person from now on. Raises NotFound."""
    by.require("people.change")
    with transaction.atomic():
        gone, _ = Address.objects.filter(person=person, email=email_key(email)).delete()
        if not gone:
            raise NotFound("This person has no such address.")
        audit.line("person.address_removed", by=by, now=now, object_kind="person", object_id=person)


def add_telephone(person: int, *, by: Principal, now: datetime, written: str, kind: str = "work") -> int:
    """Give a person a telephone number, read as one of the desk's country; lines may be shared."""
    by.require("people.change")
    with transaction.atomic():
        _locked(person)
        made = _add_telephone(person, written, kind)
        audit.line("person.telephone_added", by=by, now=now, object_kind="person", object_id=person)
    return made


def remove_telephone(person: int, *, by: Principal, now: datetime, telephone: int) -> None:
    """Take a telephone number away. Raises NotFound."""
    by.require("people.change")
    with transaction.atomic():
        gone, _ = Telephone.objects.filter(person=person, pk=telephone).delete()
        if not gone:
            raise NotFound("This person has no such number.")
        audit.line("person.telephone_removed", by=by, now=now, object_kind="person", object_id=person)


def add_organisation(*, by: Principal, now: datetime, name: str, domains: tuple[str, ...] = ()) -> int:
    """An organisation with the mail domains by which its people are recognised. Conflict if a domain is taken."""
    by.require("people.change")
    clean = line(name, limit=200)
    try:
        with transaction.atomic():
            made = Organisation.objects.create(name=clean, sort_name=sort_name(clean, language="hu"), created_at=now)
            Domain.objects.bulk_create([Domain(organisation=made, name=email_key(d).lstrip("@")) for d in domains])
            audit.line("organisation.created", by=by, now=now, object_kind="organisation", object_id=made.pk)
    except IntegrityError:
        raise Conflict("This mail domain belongs to another organisation.") from None
    return made.pk


def address_proved(email: str, *, now: datetime) -> None:
    """The owner of an address proved himself (aligned DMARC, our token, sign-in); its bounces are forgiven."""
    Address.objects.filter(email=email_key(email)).update(proved_at=now, bouncing_since=None, bounce_reason="")


def address_bounced(email: str, *, now: datetime, reason: str) -> None:
    """Mail to this address comes back for good; the first such moment is kept."""
    rows = Address.objects.filter(email=email_key(email))
    rows.filter(bouncing_since=None).update(bouncing_since=now)
    rows.update(bounce_reason=line(reason, limit=60))


def _add_address(person: int, key: str, written: str) -> None:
    try:
        with transaction.atomic():
            Address.objects.create(person_id=person, email=key, written=line(written, limit=254))
    except IntegrityError:
        raise Conflict("Somebody already has the address %(email)s; merge the two persons instead.",
                       email=key) from None


def _add_telephone(person: int, written: str, kind: str) -> int:
    number = compared(written, country=COUNTRY_OF.get(settings.LANGUAGE_CODE, ""))
    if not number:
        raise DeskError("“%(written)s” is not a telephone number.", written=line(written, limit=60))
    return Telephone.objects.create(person_id=person, number=number, written=line(written, limit=60),
                                    kind=line(kind, limit=20)).pk


def _locked(person: int) -> Person:
    row = Person.objects.select_for_update().filter(pk=person).first()
    if row is None:
        raise NotFound("There is no such person.")
    return row


def _known_organisation(organisation: int | None) -> int | None:
    if organisation is not None and not Organisation.objects.filter(pk=organisation).exists():
        raise NotFound("There is no such organisation.")
    return organisation


def _known_location(location: int | None) -> int | None:
    if location is not None and not Location.objects.filter(pk=location).exists():
        raise NotFound("There is no such place.")
    return location
