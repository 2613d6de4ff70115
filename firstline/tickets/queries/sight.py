"""Which tickets a principal may read: one rule, told to Python and to SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from firstline.accounts.principal import Principal, Scope
from firstline.tickets.rules.states import DONE_STATES

DONE_SQL = "t.status IN ({})".format(", ".join(f"'{status}'" for status in DONE_STATES))


@dataclass(frozen=True, slots=True)
class Sight:
    """How far the permissions ticket.see and ticket.confidential reach for one reader; mirrors `tickets.policy`.

    Own tickets (assigned or answered for) are always seen; what is solved is seen by every agent who sees tickets
    at all (DESK rule 18), unless confidential. A customer sees nothing here: empty means deny.
    """

    agent: int | None
    see: Scope | None
    secret: bool
    teams: frozenset[int]

    def allows(self, *, team: int, assignee: int | None, accountable: int, status: str, confidential: bool) -> bool:
        """Whether a ticket with these readings may be read."""
        if self.see is None:
            return False
        if self.agent is not None and self.agent in (assignee, accountable):
            return True
        if confidential and not self.secret:
            return False
        return self.see == Scope.ALL or team in self.teams or status in DONE_STATES

    def sql(self) -> tuple[str, list[Any]]:
        """The same as a condition on the table `ticket t`, with its parameters."""
        if self.see is None:
            return "1=0", []
        near = self._near()
        if near[0] == "1=1" and self.secret:
            return near
        own, values = ("1=0", []) if self.agent is None else (
            "t.assignee_id = %s OR t.accountable_id = %s", [self.agent, self.agent])
        open_to_all = "1=1" if self.secret else "NOT t.confidential"
        return f"({own} OR ({open_to_all} AND {near[0]}))", values + near[1]

    def _near(self) -> tuple[str, list[Any]]:
        """What is not confidential and within the scope, or solved."""
        if self.see == Scope.ALL:
            return "1=1", []
        if not self.teams:
            return DONE_SQL, []
        return (f"(t.team_id IN ({', '.join(['%s'] * len(self.teams))}) OR {DONE_SQL})", sorted(self.teams))


def sight(principal: Principal) -> Sight:
    """What this principal may read."""
    if principal.kind == "person":
        return Sight(None, None, secret=False, teams=frozenset())
    scope = principal.scope("ticket.see")
    within = {Scope.TEAM: principal.teams, Scope.CENTRE: principal.teams | principal.reach}
    return Sight(principal.id if principal.kind == "agent" else None, scope,
                 secret=principal.may("ticket.confidential"),
                 teams=within.get(scope, frozenset()) if scope else frozenset())
