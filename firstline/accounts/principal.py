"""Who asks: the frozen value that every query and every story checks rights against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

from firstline.core.errors import NotAllowed

Kind = Literal["agent", "person", "operator", "system"]


class Scope(IntEnum):
    """How far a permission reaches."""

    OWN = 1
    TEAM = 2
    CENTRE = 3
    ALL = 4


_NOTHING: Mapping[str, Scope] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Principal:
    """An agent, a person, the operator at the terminal, or the desk itself.

    `permissions` maps a permission to its scope; `teams` are the ids of the agent's own teams, `reach`
    those of every team of the centres that they belong to.
    """

    kind: Kind
    id: int | None = None
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    permissions: Mapping[str, Scope] = field(default_factory=lambda: _NOTHING)
    teams: frozenset[int] = frozenset()
    reach: frozenset[int] = frozenset()

    def scope(self, permission: str) -> Scope | None:
        """How far this principal may use a permission; None means not at all."""
        if self.kind in ("operator", "system"):
            return Scope.ALL
        return self.permissions.get(permission)

    def may(self, permission: str) -> bool:
        return self.scope(permission) is not None

    def require(self, permission: str) -> Scope:
        """The scope of a permission, or NotAllowed."""
        found = self.scope(permission)
        if found is None:
            raise NotAllowed("You may not do this.")
        return found


OPERATOR = Principal("operator", name="operator")
SYSTEM = Principal("system", name="Firstline")
