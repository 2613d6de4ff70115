"""Centres and teams, categories with their fields, priorities and closing policies."""

from __future__ import annotations

from django.db import models

from firstline.accounts.models import Agent
from firstline.promises.models import Calendar, Promise


class Centre(models.Model):
    """A support centre: one technical area; `shared` marks the front line that all centres have in common."""

    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "centre"


class Team(models.Model):
    """One level of a centre."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="teams")
    level = models.PositiveSmallIntegerField()
    labels = models.JSONField(default=dict)
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "team"
        constraints = [models.UniqueConstraint(fields=["centre", "level"], name="team_once")]


class Membership(models.Model):
    """An agent serves in a team; a lead answers for what nobody has claimed."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="memberships")
    lead = models.BooleanField(default=False)

    class Meta:
        db_table = "team_membership"
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="membership_once")]


class ClosingPolicy(models.Model):
    """Who closes a ticket: `front-line` for follow-up, or the `solver` who owns it to the end."""

    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    closer = models.CharField(max_length=12, choices=[("front-line", "front line"), ("solver", "solver")])
    silent_days = models.PositiveSmallIntegerField(default=5)
    reopen_days = models.PositiveSmallIntegerField(default=14)

    class Meta:
        db_table = "closing_policy"


class Category(models.Model):
    """What kind of problem; owns its centre, fields and closing policy."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    key = models.SlugField(max_length=60, unique=True)
    labels = models.JSONField(default=dict)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="categories")
    closing_policy = models.ForeignKey(ClosingPolicy, models.PROTECT, null=True, related_name="+")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "category"


class Field(models.Model):
    """A question that a category asks; filters address it by `key`."""

    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="fields")
    key = models.SlugField(max_length=60, unique=True)
    labels = models.JSONField(default=dict)
    type = models.CharField(max_length=12, choices=[(t, t) for t in
                            ("text", "number", "date", "option", "person", "asset", "yesno")])
    required = models.CharField(max_length=12, default="never")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "field"


class Option(models.Model):
    """One wanted answer of a choice."""

    field = models.ForeignKey(Field, models.CASCADE, related_name="options")
    key = models.SlugField(max_length=60)
    labels = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "field_option"
        constraints = [models.UniqueConstraint(fields=["field", "key"], name="option_once")]


class Priority(models.Model):
    """The company's own label for urgency, 1 = most urgent; `dated` ones need a date."""

    rank = models.PositiveSmallIntegerField(unique=True)
    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    meaning = models.JSONField(default=dict)
    dated = models.BooleanField(default=False)
    default = models.BooleanField(default=False)
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "priority"
