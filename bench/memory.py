"""Measure the memory of a whole running desk: `python -m bench.memory [--minutes N] [--load]`."""

import argparse
import contextlib
import json
import re
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psutil

from tests.support.desk import Desk, Service

PROMISED_MB = 200.0
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Proportional set size of a process tree in MB: the whole, and each process by its command's end."""

    after_s: float
    total_mb: float
    processes: dict[str, float]


def read(top: int, *, since: float) -> Reading:
    """Measure a process and all below it now; processes that end meanwhile count nothing."""
    sizes: dict[str, float] = {}
    for process in [psutil.Process(top), *psutil.Process(top).children(recursive=True)]:
        with contextlib.suppress(OSError, psutil.Error):
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
            name = f"{process.pid} {' '.join(process.cmdline()[1:4])[-60:]}"
            sizes[name] = round(sum(map(int, PSS.findall(rollup))) / 1024, 1)
    return Reading(round(time.monotonic() - since, 1), round(sum(sizes.values()), 1), sizes)


def letter(number: int) -> bytes:
    """A short mail from one of fifty people."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"person{number % 50}@example.org", "desk@example.org"
    mail["Subject"], mail["Message-ID"] = f"Printer {number} is out of paper", f"<{number}@example.org>"
    mail.set_content("It says so since this morning.\n" * 20)
    return mail.as_bytes()


def load(desk: Desk, service: Service, *, stop: threading.Event) -> None:
    """About ten pages and two mails a second until told to stop."""
    number = 0
    while not stop.wait(0.1):
        number += 1
        service.status(("/", "/healthz", "/portal")[number % 3])
        if number % 5 == 0:
            desk.run("deliver", given=letter(number))


def watch(service: Service, *, seconds: float, readings: int = 10) -> list[Reading]:
    """Measure at equal intervals."""
    since = time.monotonic()
    result = []
    for _ in range(readings):
        time.sleep(seconds / readings)
        result.append(read(service.process.pid, since=since))
    return result


def measure(desk: Desk, *, seconds: float, with_load: bool) -> dict[str, Any]:
    """The idle desk, and the busy one if asked for."""
    with desk.serving() as service:
        report: dict[str, Any] = {"promised_mb": PROMISED_MB, "idle": watch(service, seconds=seconds)}
        if with_load:
            stop = threading.Event()
            thread = threading.Thread(target=load, args=[desk, service], kwargs={"stop": stop})
            thread.start()
            report["load"] = watch(service, seconds=seconds)
            stop.set()
            thread.join()
    return report


def main() -> int:
    """Print one JSON document; exit 1 if the idle desk needs more than was promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=0.5, help="how long to watch, each time")
    parser.add_argument("--load", action="store_true", help="also measure with pages and mails coming in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as home:
        desk = Desk(Path(home), f"sqlite:///{home}/desk.sqlite3")
        desk.done("migrate")
        desk.done("setup", "--admin", "admin@example.org")
        report = measure(desk, seconds=options.minutes * 60, with_load=options.load)
    print(json.dumps(report, indent=1, default=asdict))
    return int(report["idle"][-1].total_mb > PROMISED_MB)


if __name__ == "__main__":
    sys.exit(main())
