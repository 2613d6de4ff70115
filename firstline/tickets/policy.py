"""Who may do what to which ticket: one question, asked by every story and mirrored by every query."""

from __future__ import annotations

from firstline.accounts.principal import Principal, Scope
from firstline.core.errors import NotAllowed, NotFound
from firstline.tickets.rules.reading import Reading
from firstline.tickets.rules.states import DONE_STATES


def own(by: Principal, reading: Reading) -> bool:
    """The agent works on it or answers for it."""
    return by.kind == "agent" and by.id is not None and by.id in (reading.assignee, reading.accountable)


def _reaches(by: Principal, scope: Scope | None, reading: Reading) -> bool:
    if scope is None:
        return False
    if scope is Scope.ALL or own(by, reading):
        return True
    if scope is Scope.TEAM:
        return reading.team in by.teams
    return scope is Scope.CENTRE and reading.team in (by.teams | by.reach)


def may_see(by: Principal, reading: Reading) -> bool:
    """Rights to read: by scope; solved tickets by every agent who reads tickets; confidential ones by few."""
    scope = by.scope("ticket.see")
    if reading.confidential and not own(by, reading) and not by.may("ticket.confidential"):
        return False
    return _reaches(by, scope, reading) or (scope is not None and reading.status in DONE_STATES)


def require(by: Principal, permission: str, *readings: Reading) -> None:
    """Raise NotFound where a ticket may not even be seen, NotAllowed where it may not be changed."""
    for reading in readings:
        if not may_see(by, reading):
            raise NotFound("There is no such ticket.")
        if not _reaches(by, by.scope(permission), reading):
            raise NotAllowed("You may not do this to this ticket.")
