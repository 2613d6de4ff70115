"""How many letters a second become tickets, by LMTP and by pipe, receipts counted: `run.py bench intake`.

Real processes (`firstline serve --only work,mail`) on SQLite (synchronous=FULL) and PostgreSQL with 1, 2 and 4
workers; says where the processor time goes, and how far that is from the floors measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bench.measuring import desks, posting, processors
from bench.measuring.letters import letters
from tests.support import children
from tests.support.desk import PROGRAM, Desk
from tests.support.waiting import wait_for

PROMISED_A_SECOND = {"sqlite": 60.0, "postgresql": 150.0}
CONNECTIONS = 6
_DONE = ("SELECT COUNT(*) FROM letter WHERE state NOT IN ('received', 'working')",
         "SELECT COUNT(*) FROM outgoing WHERE state IN ('waiting', 'sending')",
         "SELECT COUNT(*) FROM outgoing WHERE state = 'sent'", "SELECT COUNT(*) FROM ticket")


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Rates count letters that became tickets and whose receipts have left, from the first letter sent.

    `waited_*` are seconds from acceptance to ticket: of the crowd, and of a second run at half the rate. `cpu_ms` is
    processor time for each letter: worker, parser child, database, feeder with sink, all.
    """

    database: str
    way: str
    workers: int
    letters: int
    tickets: int
    receipts: int
    accepted_a_second: float
    tickets_a_second: float
    receipts_a_second: float
    waited_p50: float
    waited_p99: float
    calm_p50: float
    calm_p99: float
    cpu_ms: dict[str, float]


class Watch:
    """Looks into the database of a running desk from outside."""

    def __init__(self, place: desks.Place) -> None:
        self._place = place

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        if self._place.kind == "sqlite":
            import sqlite3

            with sqlite3.connect(self._place.database.removeprefix("sqlite:///"), timeout=30) as raw:
                return raw.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self._place.database) as own:
            return own.execute(sql).fetchall()

    def number(self, sql: str) -> int:
        """The one number that answers."""
        return int(self.ask(sql)[0][0])

    def waited(self, after: int) -> tuple[float, float]:
        """Median and 99th percentile of seconds from acceptance to ticket, of letters with greater ids."""
        rows = self.ask(f"SELECT received_at, handled_at FROM letter WHERE id > {after} AND outcome = 'opened'")
        spans = sorted((_moment(done) - _moment(came)).total_seconds() for came, done in rows)
        return round(spans[len(spans) // 2], 3), round(spans[min(len(spans) - 1, len(spans) * 99 // 100)], 3)


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


class Usage:
    """Processor time by what it was used for, since it was made."""

    def __init__(self, top: int, cluster: int | None) -> None:
        self._top, self._cluster = top, cluster
        self._before = self._now()

    def _now(self) -> dict[str, float]:
        found = {"worker": 0.0, "parser": 0.0, "feeder and sink": processors.own(),
                 "database": processors.spent(processors.tree(self._cluster)) if self._cluster else 0.0}
        for pid in processors.tree(self._top):
            name = " ".join(psutil.Process(pid).cmdline())
            found["parser" if "mail.child" in name else "worker"] += processors.spent([pid])
        return found

    def per(self, many: int) -> dict[str, float]:
        """Milliseconds for each of so many letters."""
        now = self._now()
        spent = {name: (now[name] - before) / many * 1000 for name, before in self._before.items()}
        return {name: round(value, 2) for name, value in {**spent, "all": sum(spent.values())}.items()}


@contextmanager
def serving(desk: Desk, *, workers: int) -> Iterator[int]:
    """A desk at work; the process id of its supervisor."""
    command = [*PROGRAM, "serve", "--only", "work,mail", "--workers", str(workers)]
    process = children.start(command, log=desk.home / "serve.log", environment=desk.environment, folder=desk.home)
    try:
        wait_for(lambda: (desk.home / "run" / "lmtp.sock").exists() or process.poll() is not None, seconds=60,
                 what="the desk")
        assert process.poll() is None, (desk.home / "serve.log").read_text()[-2000:]
        time.sleep(1.5)
        yield process.pid
    finally:
        children.stop(process)


def measured(place: desks.Place, *, way: str, workers: int, raws: list[bytes], cluster: int | None) -> Run:
    """Feed a crowd of letters as fast as they are accepted; then the same number evenly at half the rate."""
    sink = posting.Server()
    desk = Desk(place.home, place.database, (("FIRSTLINE_SMTP_URL", f"smtp://127.0.0.1:{sink.port}"),))
    desk.done("migrate")
    desk.done("setup", "--admin", "admin@example.org")
    watch, many = Watch(place), len(raws) // 2
    with serving(desk, workers=workers) as top:
        warm(place.home, raws[-5:], watch)
        already, usage, began = watch.number(_DONE[0]), Usage(top, cluster), time.monotonic()
        accepted = given(desk, raws[:many], way=way)
        wait_for(lambda: watch.number(_DONE[0]) >= already + many, seconds=900, what="tickets")
        tickets_after = time.monotonic() - began
        wait_for(lambda: watch.number(_DONE[1]) == 0, seconds=900, what="receipts")
        receipts_after = time.monotonic() - began
        spent = usage.per(many)
        crowd = watch.waited(already)
        already = watch.number(_DONE[0])
        calm = raws[many:-5]
        posting.feed(calm, path=str(place.home / "run" / "lmtp.sock"), connections=2,
                     per_second=many / receipts_after / 2)
        wait_for(lambda: watch.number(_DONE[0]) >= already + len(calm), seconds=300, what="the calm letters")
        run = Run(place.kind, way, workers, many, watch.number(_DONE[3]), watch.number(_DONE[2]),
                  round(many / accepted, 1), round(many / tickets_after, 1), round(many / receipts_after, 1), *crowd,
                  *watch.waited(already), spent)
    sink.stop()
    return run


def warm(home: Path, raws: list[bytes], watch: Watch) -> None:
    """Let every process load what it needs."""
    posting.feed(raws, path=str(home / "run" / "lmtp.sock"), connections=1)
    wait_for(lambda: watch.number(_DONE[0]) >= len(raws), seconds=60, what="the first letters")


def given(desk: Desk, raws: list[bytes], *, way: str) -> float:
    """Hand the letters over; seconds until the last was accepted."""
    if way == "lmtp":
        return posting.feed(raws, path=str(desk.home / "run" / "lmtp.sock"), connections=CONNECTIONS).seconds
    began = time.monotonic()
    with ThreadPoolExecutor(4) as four:
        list(four.map(lambda raw: desk.done("deliver", given=raw), raws))
    return time.monotonic() - began


def bare(raws: list[bytes], folder: Path) -> float:
    """Milliseconds of processor time for each letter that a bare LMTP server takes and forgets, feeder included."""
    server = posting.Server(path=str(folder / "bare.sock"))
    before = processors.own()
    posting.feed(raws, path=str(folder / "bare.sock"), connections=CONNECTIONS)
    server.stop()
    return round((processors.own() - before) / len(raws) * 1000, 2)


def split(kind: str, at: str) -> dict[str, Any]:
    """Where the time of a letter goes in one process, and the floor of its statements."""
    with desks.place(kind, at, name="split") as place:
        place.run("firstline.cli.main", "migrate")
        place.run("firstline.cli.main", "setup", "--admin", "admin@example.org")
        found: dict[str, Any] = json.loads(place.run("bench.measuring.intake"))
    return {"database": kind, **found}


def main() -> int:
    """Print one JSON document; exit 1 where a promised rate is missed by the best number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--workers", type=int, action="append")
    parser.add_argument("--way", choices=("lmtp", "pipe"), action="append")
    wanted = parser.parse_args()
    found: list[Run] = []
    splits = []
    for kind in wanted.database or ("sqlite", "postgresql"):
        with desks.server(kind) as at:
            splits.append(split(kind, at))
            for way in wanted.way or ("lmtp", "pipe"):
                for workers in wanted.workers or (1, 2, 4):
                    raws = letters((wanted.letters if way == "lmtp" else wanted.letters // 10) * 2 + 5)
                    with desks.place(kind, at, name=f"intake_{workers}") as place:
                        found.append(measured(place, way=way, workers=workers, raws=raws, cluster=cluster_of(at)))
                    print(found[-1], file=sys.stderr)
                    if way == "pipe":
                        break
    with TemporaryDirectory() as folder:
        floor = bare(letters(300), Path(folder))
    print(json.dumps({"yardstick_ms": processors.yardstick(),
                      "runs": [asdict(run) for run in found], "split": splits, "bare_lmtp_ms": floor}, indent=1))
    best = {kind: max((run.receipts_a_second for run in found if run.database == kind and run.way == "lmtp"),
                      default=float("inf")) for kind in PROMISED_A_SECOND}
    return int(any(best[kind] < promised for kind, promised in PROMISED_A_SECOND.items()))


def cluster_of(at: str) -> int | None:
    """The process id of the private PostgreSQL at an address."""
    if not at:
        return None
    import psycopg

    with psycopg.connect(at) as own:
        [(folder,)] = own.execute("SHOW data_directory").fetchall()
    return int((Path(folder) / "postmaster.pid").read_text(encoding="ascii").split()[0])


if __name__ == "__main__":
    sys.exit(main())
