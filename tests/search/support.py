"""Short ways to put texts into the index and to ask for them."""

from datetime import UTC, datetime

from firstline.search import index
from firstline.search.queries import Audience, Found, search

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GUEST = Audience(internal=False, all_teams=False, teams=frozenset())
CUSTOMER = Audience(internal=False, all_teams=True, teams=frozenset())
AGENT = Audience(internal=True, all_teams=False, teams=frozenset({1}))
LEAD = Audience(internal=True, all_teams=True, teams=frozenset({1}))


def put(object_id: int, text: str, **more) -> None:
    values = {"kind": "ticket", "internal": False, "title": "", "team_id": 1, "language": "en"} | more
    index.put(index.IndexRow(object_id=object_id, text=text, **values), now=NOW)


def ask(query: str, audience: Audience = LEAD, **more) -> Found:
    return search(query, audience=audience, **({"kinds": ("ticket", "article")} | more))


def ids(query: str, audience: Audience = LEAD, **more) -> list[int]:
    return [hit.id for hit in ask(query, audience, **more).hits]
