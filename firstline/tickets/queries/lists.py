"""Short lists of tickets for other pages."""

from __future__ import annotations

from collections.abc import Sequence

from firstline.accounts.principal import Principal
from firstline.tickets.queries.reading_rows import marks, moment, rows
from firstline.tickets.queries.sight import sight
from firstline.tickets.queries.values import OtherTicket

_OF = """
SELECT t.number, t.subject, t.status, t.last_at, '' FROM ticket t
WHERE t.requester_id IN ({}) AND {} ORDER BY t.number DESC LIMIT {}
"""


def tickets_of(persons: Sequence[int], *, principal: Principal, limit: int = 30) -> tuple[OtherTicket, ...]:
    """The last tickets that these persons (one family) asked for, as far as the reader may see them."""
    condition, values = sight(principal).sql()
    found = rows(_OF.format(marks(persons), condition, int(limit)), [*persons, *values])
    return tuple(OtherTicket(number, subject, status, moment(last), link)
                 for number, subject, status, last, link in found)
