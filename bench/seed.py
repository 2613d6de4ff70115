"""Fill an empty desk with realistic tickets of three messages each: `run.py bench seed --tickets N`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.seeding.journeys import Desk


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made, and how fast: `open` of the `tickets` are open."""

    tickets: int
    seconds: float
    tickets_per_second: float
    open: int


def prepare(database: str | None, home: str | None) -> None:
    """Point this process at the desk and load Django."""
    if home:
        os.environ["FIRSTLINE_HOME"] = str(Path(home).absolute())
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.settings")
    import django

    django.setup()


def set_up(*, now: datetime) -> None:
    """Migrate, and lay the ground of a desk unless it is there."""
    from firstline.cli import migrate
    from firstline.flows import setting_up
    from firstline.tickets.models import Ticket

    migrate.bring_up_to_date()
    migrate.compile_dictionaries()
    if Ticket.objects.exists():
        raise SystemExit("The desk has tickets already; seed an empty one.")
    setting_up.seed(language="en", now=now)


def seed(*, tickets: int, seed: int, now: datetime) -> Seeded:
    """Make the tickets; the same arguments make the same rows on both databases."""
    from bench.seeding import crowd, findable, loading, making, planning, texts
    from firstline.promises.queries import default_promise

    chance = Random(seed)
    began = time.perf_counter()
    talks = texts.conversations(chance, tickets=tickets)
    spoken = {language: [talk for talk in talks if talk.language == language] for language in texts.LANGUAGES}
    still_open = planning.open_among(chance, tickets=tickets)
    desk = _desk(now)
    customers = crowd.customers(chance, tickets=tickets, now=now)
    loader = loading.loader()
    order = making.Order(tickets=tickets, seed=seed, now=now, form=loader.form, desk=desk, promise=default_promise(),
                         still_open=still_open, talks=spoken, customers=customers)
    used = making.make_all(order, loader.put, processes=loader.processes)
    findable.learn(findable.Index(loader.form), used, talks)
    loader.finish()
    seconds = time.perf_counter() - began
    return Seeded(tickets, round(seconds, 2), round(tickets / seconds, 1), len(still_open))


def _desk(now: datetime) -> Desk:
    from bench.seeding import crowd
    from bench.seeding.journeys import Desk
    from firstline.promises.queries import default_promise
    from firstline.routing import queries as routing

    agents, technicians = crowd.agents(now=now)
    cards = routing.teams()
    front = next(card.id for card in cards if card.shared)
    priorities = [card for card in routing.priorities() if not card.dated]
    often = [card.id for card in priorities for _ in range(min(card.rank, 4) ** 2)]
    return Desk(front=front, behind=tuple(card.id for card in cards if not card.shared), agents=tuple(agents),
                technicians=tuple(technicians), lead=routing.lead_of(front),
                categories=tuple(card.id for card in routing.categories()), priorities=tuple(often),
                ranks={card.id: card.rank for card in priorities}, promise=default_promise().id)


def proved() -> dict[str, Any]:
    """What `firstline check` says of the desk."""
    from firstline.insight.check import prove

    report = prove(now=datetime.now(UTC))
    return {"ok": report.ok, "checked": report.checked,
            "breaches": [f"{one.rule} {one.object}: {one.sentence}" for one in report.breaches[:5]]}


def main() -> int:
    """Print one JSON document; exit 1 where the proof finds a breach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--database", help="DATABASE_URL of an empty database; default: the environment's")
    parser.add_argument("--home", help="FIRSTLINE_HOME; default: the environment's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=datetime.fromisoformat, help="the day before which they came in; default today")
    parser.add_argument("--check", action=argparse.BooleanOptionalAction, default=True, help="prove the result")
    wanted = parser.parse_args()
    prepare(wanted.database, wanted.home)
    now = (wanted.now or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    set_up(now=now)
    made = seed(tickets=wanted.tickets, seed=wanted.seed, now=now)
    check = proved() if wanted.check else None
    print(json.dumps({"tickets": made.tickets, "seconds": made.seconds,
                      "tickets_per_second": made.tickets_per_second, "open": made.open, "check": check},
                     ensure_ascii=False))
    return int(check is not None and not check["ok"])


if __name__ == "__main__":
    sys.exit(main())
