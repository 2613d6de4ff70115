"""Searching tickets with the reader's rights: the index proposes, the rights decide."""

from __future__ import annotations

from dataclasses import dataclass

from firstline.accounts.principal import Principal, Scope
from firstline.search.queries import Audience, Hit, search
from firstline.tickets.queries import sight
from firstline.tickets.queries.reading_rows import marks, rows

_SEEN = "SELECT t.number, t.status FROM ticket t WHERE t.number IN ({}) AND {}"
_TEAMS = "SELECT id FROM team"


@dataclass(frozen=True, slots=True)
class TicketHit:
    """A ticket that answers the question, with its present state."""

    number: int
    title: str
    snippet: str
    status: str
    language: str
    score: float


def audience(principal: Principal) -> Audience:
    """Whose eyes look at the index; what they may not see of the hits is taken out by the ticket's own rule."""
    agent = principal.kind != "person" and principal.may("ticket.see")
    if principal.may("ticket.confidential"):
        teams = frozenset(row[0] for row in rows(_TEAMS, ()))
    else:
        teams = frozenset() if principal.scope("ticket.see") == Scope.ALL else principal.teams | principal.reach
    return Audience(internal=agent, all_teams=agent, teams=teams)


def search_tickets(query: str, *, principal: Principal,
                   limit: int = 30) -> tuple[tuple[TicketHit, ...], tuple[str, ...]]:
    """The tickets that answer, best first, and corrected words; what the reader may not see leaves no trace."""
    found = search(query, audience=audience(principal), kinds=("ticket",), limit=3 * limit)
    numbers = [hit.id for hit in found.hits]
    if not numbers:
        return (), found.also
    condition, values = sight(principal).sql()
    seen = dict(rows(_SEEN.format(marks(numbers), condition), [*numbers, *values]))
    shown = tuple(_hit(hit, seen[hit.id]) for hit in found.hits if hit.id in seen)
    return shown[:limit], found.also if len(shown) == len(found.hits) else ()


def _hit(hit: Hit, status: str) -> TicketHit:
    return TicketHit(hit.id, hit.title, hit.snippet, status, hit.language, hit.score)
