"""Kill a worker at every fault point: `python -m bench.faults [--database sqlite|postgresql] [--every N]`."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.support import dovecot, forking, postgresql, swept_desk
from tests.support.sink_process import SinkProcess

KILLED = -9
TWO_AT_ONCE = 5
ROOM = 40 * 1024 * 1024


@dataclass
class Report:
    """What the sweep found; `doubles_in_window` are mails that were accepted twice where nothing else is possible."""

    database: str
    points: int = 0
    swept: int = 0
    violations: list[str] = field(default_factory=list)
    doubles_in_window: int = 0
    seconds: float = 0.0


class Alone:
    """The duties of one worker in one thread, so that a kill falls exactly where it should."""

    def __init__(self, swept: swept_desk.Swept, home: Path, *, log: Path) -> None:
        from tests.support import swept_story

        self._home, self._log = home, log
        self._drive = lambda: swept_story.drive(swept)

    def first(self, fault: int) -> tuple[forking.Child, int]:
        """Drive the desk until it dies at a point (-9) or is quiet (0)."""
        self._fault = fault
        victim = forking.start(self._drive, home=self._home, fault=fault, log=self._log)
        return victim, victim.wait().code

    def again(self, _code: int, _victim: forking.Child) -> list[int]:
        """Come back, after every fifth point as two at once; the exit codes."""
        count = 1 if self._fault % TWO_AT_ONCE else 2
        back = [forking.start(self._drive, home=self._home) for _ in range(count)]
        return [one.wait().code for one in back]


class Sweep:
    """One desk that is killed again and again, each time beginning from the same state."""

    def __init__(self, home: Path, swept: swept_desk.Swept, *, account: dovecot.Account, sink: SinkProcess,
                 report: Report, workers: str) -> None:
        from tests.support import swept_story, swept_workers

        self._home, self._swept, self._sink, self._report = home, swept, sink, report
        self._log = home / "points"
        kind = Alone if workers == "alone" else swept_workers.Workers
        self._way: Alone | swept_workers.Workers = kind(swept, home, log=self._log)
        self._facts = lambda: swept_story.facts(swept)
        swept_story.warm()
        identifiers = self._told(swept_story.prepare)
        self._left_before = set(identifiers[:2])
        swept_story.fill(swept, account, identifiers=identifiers)
        swept.base.keep()
        self._expected = self._faultless()

    def run(self, *, every: int, spread: int) -> None:
        """Every point, every n-th, or about `spread` of them."""
        step = max(every, self._report.points // spread if spread else 1)
        for fault in range(1, self._report.points + 1, step):
            self._cycle(fault)

    def _faultless(self) -> dict[str, Any]:
        self._begin()
        victim, code = self._way.first(0)
        codes = [code, *self._way.again(code, victim)]
        self._report.points = len(self._log.read_text().split())
        found: dict[str, Any] = self._told(self._facts)
        if any(codes) or found["breaches"] or found["unsent"]:
            raise AssertionError(f"Without any fault: {codes} {found}")
        return found

    def _cycle(self, fault: int) -> None:
        """Die at one point, come back, and compare with the faultless run."""
        self._begin()
        victim, code = self._way.first(fault)
        points = self._log.read_text().split()
        where = f"point {fault} ({points[-1] if points else '-'})"
        if code not in (KILLED, 0):
            self._wrong(f"{where}: the victim ended with {code}.")
        accepted = set(self._sink.message_ids())
        window = {mail for mail, by in self._swept.in_flight().items()
                  if code == KILLED and mail in accepted and swept_desk.of_process(by, victim.pid)}
        for ended in self._way.again(code, victim):
            if ended:
                self._wrong(f"{where}: a worker that came back ended with {ended}.")
        self._judge(where, self._told(self._facts), window)
        self._report.swept += code == KILLED

    def _judge(self, where: str, found: dict[str, Any], window: set[str]) -> None:
        for name, value in found.items():
            if value != self._expected[name]:
                self._wrong(f"{where}: {name} are {value}, not {self._expected[name]}.")
        arrived = self._sink.message_ids()
        lost = self._swept.written() - set(arrived) - self._left_before
        if lost:
            self._wrong(f"{where}: {len(lost)} mails never arrived.")
        doubled = {mail for mail, times in arrived.items() if times > 1}
        if doubled - window or len(window) > 1 or any(times > 2 for times in arrived.values()):
            self._wrong(f"{where}: {len(doubled)} mails came twice, of which {len(window)} may.")
        self._report.doubles_in_window += len(doubled & window)

    def _begin(self) -> None:
        self._swept.reset()
        self._sink.clear()
        self._log.write_text("")

    def _told(self, ask: Callable[[], Any]) -> Any:
        ended = forking.run(ask, home=self._home)
        if ended.code:
            raise AssertionError(f"A child of the sweep ended with {ended.code}; its words stand above.")
        return ended.value

    def _wrong(self, sentence: str) -> None:
        self._report.violations.append(sentence)


@contextlib.contextmanager
def base_for(database: str, home: Path) -> Iterator[swept_desk.Base]:
    """A database of the kind wanted; PostgreSQL on the server that the tests have started, or on its own."""
    if database == "sqlite":
        yield swept_desk.SqliteBase(home)
        return
    server, cluster = os.environ.get("FIRSTLINE_TEST_SERVER", ""), None
    if not server:
        programs = postgresql.binaries()
        if programs is None:
            raise SystemExit("There is no PostgreSQL server; get it with: apt-get install postgresql")
        cluster = postgresql.Cluster(programs)
        server = cluster.url("postgres")
    base = swept_desk.PostgresqlBase(server, f"swept_{os.getpid()}")
    try:
        yield base
    finally:
        base.drop()
        if cluster is not None:
            cluster.stop()


def sweep(database: str, *, every: int, spread: int, workers: str) -> Report:
    """Set up servers and a desk, kill it wherever asked, and report."""
    program = dovecot.program()
    if program is None:
        raise SystemExit("There is no Dovecot 2.3; get it with: apt-get install dovecot-imapd")
    began = time.monotonic()
    report = Report(database)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="firstline-faults-", dir=_fast_disk())))
        base = stack.enter_context(base_for(database, home))
        server = dovecot.Dovecot(program)
        stack.callback(server.remove)
        sink = SinkProcess(home / "sink")
        stack.callback(sink.stop)
        account = dovecot.Account(server, "swept")
        swept = swept_desk.set_up(home, base, account=account, smtp_url=sink.url)
        Sweep(home, swept, account=account, sink=sink, report=report, workers=workers).run(every=every, spread=spread)
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _fast_disk() -> str | None:
    """Memory where there is some: what was written survives a killed process there as well."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def main() -> int:
    """Print one JSON document; exit 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th point")
    parser.add_argument("--spread", type=int, default=0, metavar="N", help="only about N points, spread evenly")
    parser.add_argument("--workers", choices=("alone", "two"), default="two",
                        help="two real worker processes, or the duties of one in a single thread")
    wanted = parser.parse_args()
    report = sweep(wanted.database, every=wanted.every, spread=wanted.spread, workers=wanted.workers)
    print(json.dumps(asdict(report), indent=1))
    return int(bool(report.violations))


if __name__ == "__main__":
    sys.exit(main())
