"""`firstline search QUERY`: the same ranked results as the search page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from firstline.cli.terminal import WRONG_USE, Arguments, Refusal, Told, perform_in_desk, table

if TYPE_CHECKING:
    from argparse import Namespace

    from firstline.accounts.principal import Principal

KINDS = ("ticket", "person")
_MOST = 100


def main(argv: list[str]) -> int:
    """Search tickets and people with the rights of the asker."""
    parser = Arguments("search", __doc__ or "")
    parser.add_argument("query", metavar="QUERY", nargs="+")
    parser.add_argument("--kind", choices=KINDS, action="append", help="may be given more than once; default: all")
    parser.add_argument("--language", help="only what is in this language")
    parser.add_argument("--limit", type=int, default=20, help="of each kind; at most 100")
    return perform_in_desk(argv, parser, _search)


def _search(wanted: Namespace, by: Principal) -> Told:
    if not 1 <= wanted.limit <= _MOST:
        raise Refusal(f"--limit is a number from 1 to {_MOST}.", code=WRONG_USE)
    query = " ".join(wanted.query)
    found: list[dict[str, Any]] = []
    for kind in wanted.kind or KINDS:
        rows = _tickets(query, by) if kind == "ticket" else _people(query, by)
        found += [row for row in rows if wanted.language in (None, row["language"])][: wanted.limit]
    shown = [(f"#{row['number']}" if row["number"] else row["kind"], row["title"], row["snippet"]) for row in found]
    return Told(table(shown) if shown else "Nothing was found.", found)


def _tickets(query: str, by: Principal) -> list[dict[str, Any]]:
    from firstline.tickets.searching import search_tickets

    hits, _ = search_tickets(query, principal=by, limit=_MOST)
    return [{"kind": "ticket", "id": hit.number, "number": hit.number, "title": hit.title, "language": hit.language,
             "score": hit.score, "snippet": hit.snippet} for hit in hits]


def _people(query: str, by: Principal) -> list[dict[str, Any]]:
    from firstline.people.queries import search_people

    if not by.may("people.see"):
        return []
    return [{"kind": "person", "id": card.id, "number": None, "title": card.name, "language": card.language,
             "score": None, "snippet": ", ".join(address.written for address in card.addresses)}
            for card in search_people(query, principal=by, limit=_MOST)]
