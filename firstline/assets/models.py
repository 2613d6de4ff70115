"""Numbered machines and licences, and the products that they are."""

from __future__ import annotations

from django.db import models

from firstline.people.models import Location, Person


class Product(models.Model):
    """The model of a machine."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, default="")

    class Meta:
        db_table = "product"


class Asset(models.Model):
    """A machine or licence with its number."""

    number = models.CharField(max_length=80, unique=True)
    serial = models.CharField(max_length=120, default="", db_index=True)
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="assets")
    holder = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="assets")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, related_name="assets")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "asset"
