"""What the pages cost in processor time at several sizes of the desk: `run.py bench pages`.

Queue of 50 rows, ticket of 30 messages, search, and creating a ticket; on SQLite and on a private PostgreSQL;
application and database together, as a ratio to the floor measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bench.measuring import desks, processors

SIZES = (1_000, 20_000, 100_000)
PROMISED_MS = {"queue": 5.0, "ticket": 6.0, "search": 7.0, "create": 7.0}
PROMISED_QUERIES = {"queue": 6, "ticket": 12}
PROMISED_GROWTH = {"queue": 1.2, "ticket": 1.2}


def measured(kind: str, at: str, *, tickets: int, times: int) -> list[dict[str, Any]]:
    """The costs on one desk."""
    with desks.place(kind, at, name=f"pages_{tickets}") as place:
        place.run("bench.seed", "--tickets", str(tickets), "--no-check")
        found: list[dict[str, Any]] = json.loads(place.run("bench.measuring.pages", "--times", str(times)))
    return [{"database": kind, "tickets": tickets, **cost} for cost in found]


def growth(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The largest desk's cost over the smallest's, for each database and page."""
    smallest, largest = min(row["tickets"] for row in rows), max(row["tickets"] for row in rows)
    cost = {(row["database"], row["name"], row["tickets"]): row["ms"] for row in rows}
    return {f"{kind} {name}": round(cost[kind, name, largest] / ms, 2)
            for (kind, name, tickets), ms in cost.items() if tickets == smallest}


def missed(rows: list[dict[str, Any]], grown: dict[str, float]) -> list[str]:
    """A sentence for each promise that was not kept."""
    found = []
    for row in rows:
        name, where = row["name"], f"{row['name']} on {row['database']} at {row['tickets']}"
        if row["ms"] > PROMISED_MS.get(name, float("inf")):
            found.append(f"{where}: {row['ms']} ms, promised {PROMISED_MS[name]}")
        if row["queries"] > PROMISED_QUERIES.get(name, float("inf")):
            found.append(f"{where}: {row['queries']} queries, promised {PROMISED_QUERIES[name]}")
    return found + [f"{key}: grows {times} times" for key, times in grown.items()
                    if times > PROMISED_GROWTH.get(key.split()[1], float("inf"))]


def main() -> int:
    """Print one JSON document; exit 1 where a promise is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, action="append", help=f"size of a desk; default {SIZES}")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--times", type=int, default=40, help="calls in each of five rounds")
    wanted = parser.parse_args()
    rows: list[dict[str, Any]] = []
    before = [processors.yardstick()]
    for kind in wanted.database or ("sqlite", "postgresql"):
        with desks.server(kind) as at:
            for tickets in wanted.tickets or SIZES:
                rows += measured(kind, at, tickets=tickets, times=wanted.times)
                print(f"{kind} {tickets} done", file=sys.stderr)
    grown = growth(rows)
    sentences = missed(rows, grown)
    print(json.dumps({"yardstick_ms": [*before, processors.yardstick()],
                      "pages": rows, "growth": grown, "missed": sentences}, indent=1))
    return int(bool(sentences))


if __name__ == "__main__":
    sys.exit(main())
