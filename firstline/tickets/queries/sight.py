"""Which tickets a principal may read: one rule, told to Python and to SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from firstline.accounts.principal import Principal, Scope
from firstline.tickets.rules.states import DONE_STATES

DONE_SQL = "t.status IN ({})".format(", ".join(f"'{status}'" for status in DONE_STATES))
_NEVER, _ALWAYS = "1=0", "1=1"


@dataclass(frozen=True, slots=True)
class Sight:
    """How far the permissions ticket.see and ticket.confidential reach for one reader.

    Own tickets (assigned or answered for) are always seen; what is solved is seen by every agent who sees tickets
    at all (DESK rule 18), unless confidential. A customer sees nothing here: empty means deny.
    """

    agent: int | None
    see: Scope | None
    secret: Scope | None
    teams: frozenset[int]
    reach: frozenset[int]

    def allows(self, *, team: int, assignee: int | None, accountable: int, status: str, confidential: bool) -> bool:
        """Whether a ticket with these readings may be read."""
        if self.see is None:
            return False
        if self.agent is not None and self.agent in (assignee, accountable):
            return True
        if confidential and not self._covers(self.secret, team):
            return False
        return self._covers(self.see, team) or (status in DONE_STATES and not confidential)

    def sql(self) -> tuple[str, list[Any]]:
        """The same as a condition on the table `ticket t`, with its parameters."""
        if self.see is None:
            return _NEVER, []
        own, own_values = self._own()
        near, near_values = self._within(self.see)
        plain, plain_values = _either((near, near_values), (DONE_SQL, []))
        secret, secret_values = self._within(self.secret)
        both = (f"(({near}) AND ({secret}))", near_values + secret_values)
        if plain == secret == _ALWAYS:
            return _ALWAYS, []
        return (f"({own} OR (NOT t.confidential AND {plain}) OR (t.confidential AND {both[0]}))",
                own_values + plain_values + both[1])

    def _covers(self, scope: Scope | None, team: int) -> bool:
        if scope is None or scope == Scope.OWN:
            return False
        return scope == Scope.ALL or team in (self.reach if scope == Scope.CENTRE else self.teams)

    def _own(self) -> tuple[str, list[Any]]:
        if self.agent is None:
            return _NEVER, []
        return "t.assignee_id = %s OR t.accountable_id = %s", [self.agent, self.agent]

    def _within(self, scope: Scope | None) -> tuple[str, list[Any]]:
        if scope == Scope.ALL:
            return _ALWAYS, []
        teams = sorted(self.reach if scope == Scope.CENTRE else self.teams)
        if scope is None or scope == Scope.OWN or not teams:
            return _NEVER, []
        return f"t.team_id IN ({', '.join(['%s'] * len(teams))})", list(teams)


def _either(one: tuple[str, list[Any]], other: tuple[str, list[Any]]) -> tuple[str, list[Any]]:
    if _ALWAYS in (one[0], other[0]):
        return _ALWAYS, []
    return f"({one[0]} OR {other[0]})", one[1] + other[1]


def sight(principal: Principal) -> Sight:
    """What this principal may read."""
    if principal.kind == "person":
        return Sight(None, None, None, frozenset(), frozenset())
    agent = principal.id if principal.kind == "agent" else None
    return Sight(agent, principal.scope("ticket.see"), principal.scope("ticket.confidential"),
                 principal.teams, principal.reach)
