"""Agents, their roles and permissions, one-time links and the audit trail."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from firstline.accounts.principal import Scope


class AgentDoor(BaseUserManager["Agent"]):
    """How Django and allauth look an agent up: by e-mail, in any case."""

    def get_by_natural_key(self, username: str | None) -> Agent:
        return self.get(email__iexact=username or "")


class Agent(AbstractBaseUser):
    """Somebody who works at the desk and signs in."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=64, default="", blank=True)
    signature = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = AgentDoor()

    class Meta:
        db_table = "agent"


class Role(models.Model):
    """A named bundle of grants; `labels` is {language: text}."""

    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)

    class Meta:
        db_table = "role"


class Grant(models.Model):
    """One line of the permission table: a role may do `permission` within `scope`."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=60)
    scope = models.PositiveSmallIntegerField(choices=[(s.value, s.name) for s in Scope])

    class Meta:
        db_table = "role_grant"
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="grant_once")]


class Holding(models.Model):
    """An agent holds a role."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="holdings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="holdings")

    class Meta:
        db_table = "role_holding"
        constraints = [models.UniqueConstraint(fields=["agent", "role"], name="holding_once")]


class OneTimeLink(models.Model):
    """A link that lets its bearer set a password once; only the hash of its secret is kept."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "one_time_link"


class AuditLine(models.Model):
    """Who did what to which object; `seal` chains the lines once the sealing job has passed."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    deed = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, default="")
    object_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "audit_line"
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object"),
                   models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(seal=None))]
