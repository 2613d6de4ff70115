"""Agents, roles and the audit trail as frozen values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from firstline.accounts.audit import FIRST_SEAL, seal_of
from firstline.accounts.models import Agent, AuditLine, Grant, Holding, Role
from firstline.accounts.principal import Scope
from firstline.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class AgentCard:
    """An agent; `roles` are role keys."""

    id: int
    email: str
    name: str
    language: str
    time_zone: str
    active: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role with what it grants; `labels` is {language: text}."""

    id: int
    key: str
    labels: dict[str, str]
    grants: dict[str, Scope]


def agents() -> list[AgentCard]:
    """Every agent, active ones first, by name."""
    held: dict[int, list[str]] = defaultdict(list)
    for agent, role in Holding.objects.order_by("role_id").values_list("agent_id", "role__key"):
        held[agent].append(role)
    return [_card(row, held[row.pk]) for row in Agent.objects.order_by("-is_active", "name", "pk")]


def agent(id_: int) -> AgentCard:
    """One agent; raises NotFound."""
    row = Agent.objects.filter(pk=id_).first()
    if row is None:
        raise NotFound("There is no such agent.")
    return _card(row, list(Holding.objects.filter(agent=row).order_by("role_id").values_list("role__key", flat=True)))


def agent_of_email(email: str) -> int | None:
    """The active agent with this e-mail address in any case, or None."""
    return Agent.objects.filter(email__iexact=email.strip(), is_active=True).values_list("pk", flat=True).first()


def roles() -> list[RoleCard]:
    """Every role with its grants, in the order in which they were made."""
    grants: dict[int, dict[str, Scope]] = defaultdict(dict)
    for role, permission, scope in Grant.objects.order_by("pk").values_list("role_id", "permission", "scope"):
        grants[role][permission] = Scope(scope)
    return [RoleCard(row.pk, row.key, row.labels, grants[row.pk]) for row in Role.objects.order_by("pk")]


def grants_of(agent_id: int) -> dict[str, Scope]:
    """The widest scope of every permission that an agent's roles give, whether he is active or not."""
    found: dict[str, Scope] = {}
    rows = Grant.objects.filter(role__holdings__agent=agent_id).values_list("permission", "scope")
    for permission, scope in rows:
        found[permission] = max(Scope(scope), found.get(permission, Scope.OWN))
    return found


def audit_breaches() -> Iterator[str]:
    """One sentence for each place where the chain of sealed audit lines is broken."""
    before = FIRST_SEAL
    rows = AuditLine.objects.filter(position__isnull=False).order_by("position").iterator(chunk_size=2000)
    for expected, row in enumerate(rows, start=1):
        if row.position != expected:
            yield f"Audit line {row.pk} stands at place {row.position} of the chain instead of {expected}."
            return
        if row.seal != seal_of(row, position=expected, before=before):
            yield f"Audit line {row.pk} was changed after it was sealed."
        before = row.seal or ""


def _card(row: Agent, held: list[str]) -> AgentCard:
    return AgentCard(row.pk, row.email, row.name, row.language, row.time_zone, row.is_active, tuple(held))
