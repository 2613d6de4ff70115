"""Persons with their addresses and telephones, organisations, sites and locations."""

from __future__ import annotations

from django.db import models

from firstline.accounts.models import Agent


class Organisation(models.Model):
    """A company or department that persons belong to."""

    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "organisation"


class Domain(models.Model):
    """A mail domain by which a new sender is recognised as belonging to an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253, unique=True)

    class Meta:
        db_table = "organisation_domain"


class Site(models.Model):
    """A building or campus."""

    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=2, default="")
    time_zone = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "site"


class Location(models.Model):
    """A place within a site where equipment stands: a floor, a room, a desk."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="locations")
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "location"
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="location_once")]


class Person(models.Model):
    """Anyone who contacts the desk or is contacted.

    `canonical` is the person that this one was merged into, at the end of the chain, or itself (null): rows stay
    where they are, so that parting is exact.
    """

    canonical = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    name = models.CharField(max_length=200, default="")
    sort_name = models.CharField(max_length=200, default="", db_index=True)
    language = models.CharField(max_length=8, default="")
    time_zone = models.CharField(max_length=64, default="")
    employee_number = models.CharField(max_length=60, default="", db_index=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="persons")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, related_name="persons")
    agent = models.OneToOneField(Agent, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "person"


class Address(models.Model):
    """An e-mail address of a person; `email` is the compared form, `written` as it first came in.

    `proved_at` is the last time its owner proved himself (aligned DMARC, our token, sign-in).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    email = models.CharField(max_length=254, unique=True)
    written = models.CharField(max_length=254)
    proved_at = models.DateTimeField(null=True)
    bouncing_since = models.DateTimeField(null=True)
    bounce_reason = models.CharField(max_length=60, default="")

    class Meta:
        db_table = "address"


class Telephone(models.Model):
    """A telephone number of a person, in E.164 where it can be read; lines may be shared."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="telephones")
    number = models.CharField(max_length=40, db_index=True)
    written = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, default="work")

    class Meta:
        db_table = "telephone"


class PersonMerge(models.Model):
    """One merge of two persons: `person` became part of `into` until `parted_at`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Person, models.CASCADE, related_name="absorbed")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    parted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "person_merge"
        constraints = [models.UniqueConstraint(fields=["person"], name="merged_once",
                                               condition=models.Q(parted_at=None))]
