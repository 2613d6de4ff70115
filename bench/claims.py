"""Sixteen clients claim the same tickets at once: `python -m bench.claims [--database sqlite|postgresql]`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.faults import base_for
from tests.support.desk import Desk
from tests.support.swept_desk import load


def measure(database: str, *, clients: int, tickets: int) -> dict[str, Any]:
    """Claims, then answers, notes, merges and partings of fewer tickets; times in seconds."""
    from firstline.core.time import now
    from firstline.insight.check import prove
    from tests.support import rush
    from tests.support.mail_desk import make_desk

    desk = make_desk()
    numbers = rush.tickets(desk, tickets)
    agents = rush.agents(desk, clients)
    began = time.monotonic()
    claimed = rush.claim_all(desk, agents, numbers)
    seconds = time.monotonic() - began
    mixed = rush.reply_and_merge(desk, agents, numbers[:20])
    winners = [len(won) for won in claimed.won.values()]
    return {
        "database": database, "clients": clients, "tickets": tickets, "claimed": len(winners),
        "claimed_twice": sum(count > 1 for count in winners), "conflicts": claimed.refused,
        "claims_a_second": round(clients * tickets / seconds, 1), "seconds": round(seconds, 1),
        "deadlocks": claimed.deadlocks + mixed.deadlocks, "errors": claimed.errors + mixed.errors,
        "breaches": [f"{one.object}: {one.sentence}" for one in prove(now=now()).breaches],
    }


def main() -> int:
    """Print one JSON document; exit 1 where a ticket had two winners or the check found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--tickets", type=int, default=1000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="firstline-claims-") as folder, \
            base_for(wanted.database, Path(folder)) as base:
        desk = Desk(Path(folder), base.url)
        desk.done("migrate", "--no-dictionaries")
        load(desk)
        report = measure(wanted.database, clients=wanted.clients, tickets=wanted.tickets)
    print(json.dumps(report, indent=1))
    good = report["claimed"] == report["tickets"] and not report["claimed_twice"]
    return int(not good or bool(report["breaches"] or report["errors"]))


if __name__ == "__main__":
    sys.exit(main())
