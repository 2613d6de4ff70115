"""What changed, who is looking, what is still to do, and which outside thing is resting."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """One line of the change feed: what kind of thing and its number, never its content."""

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20)
    number = models.BigIntegerField(null=True)

    class Meta:
        db_table = "change"


class Presence(models.Model):
    """An agent looks at a ticket, or types in it."""

    ticket = models.BigIntegerField()
    agent = models.BigIntegerField()
    typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "presence"
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="presence_once")]


class Chore(models.Model):
    """Work without a table of its own, claimed with a lease like every queue of the house."""

    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="waiting")
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, default="")
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "chore"
        indexes = [models.Index(fields=["next_at"], name="chore_due", condition=models.Q(state="waiting"))]


class Beat(models.Model):
    """A sign of life: the last time that a process, fetcher or job said it was well, or what ailed it."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()
    ok = models.BooleanField(default=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "beat"


class Breaker(models.Model):
    """An outside host that is left alone until `open_until`, after `failures` in a row."""

    name = models.CharField(max_length=200, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        db_table = "breaker"
