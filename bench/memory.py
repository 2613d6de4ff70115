"""Measure the memory of a whole running desk: `python -m bench.memory [--minutes N] [--load]`."""

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from pathlib import Path

import psutil

from tests.support.waiting import free_port, wait_for

PROMISED_MB = 200.0
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Proportional set size of a process tree in MB: the whole, and each process by its command's end."""

    after_s: float
    total_mb: float
    processes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk in a temporary home."""

    process: subprocess.Popen[bytes]
    port: int
    environment: dict[str, str]

    def read(self, *, since: float) -> Reading:
        """Measure now; processes that end meanwhile count nothing."""
        top = psutil.Process(self.process.pid)
        sizes: dict[str, float] = {}
        for process in [top, *top.children(recursive=True)]:
            with contextlib.suppress(OSError, psutil.Error):
                rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
                name = f"{process.pid} {' '.join(process.cmdline()[1:4])[-60:]}"
                sizes[name] = round(sum(map(int, PSS.findall(rollup))) / 1024, 1)
        return Reading(round(time.monotonic() - since, 1), round(sum(sizes.values()), 1), sizes)

    def get(self, path: str) -> bool:
        """Ask for a page; whether anything answered."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                answer.read()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def deliver(self, number: int) -> None:
        """Hand one mail to the desk."""
        letter = EmailMessage()
        letter["From"], letter["To"] = f"person{number % 50}@example.org", "desk@example.org"
        letter["Subject"], letter["Message-ID"] = f"Printer {number} is out of paper", f"<{number}@example.org>"
        letter.set_content("It says so since this morning.\n" * 20)
        subprocess.run([program(), "deliver"], input=letter.as_bytes(), env=self.environment, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def program() -> Path:
    """The `firstline` command beside this Python."""
    return Path(sys.executable).parent / "firstline"


@contextlib.contextmanager
def running_desk() -> Iterator[Desk]:
    """A migrated desk with a first administrator, served until the block ends."""
    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as home:
        own = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTLINE_")}
        environment = {**own, "FIRSTLINE_HOME": home, "DATABASE_URL": f"sqlite:///{home}/desk.sqlite3"}
        for command in (["migrate"], ["setup", "--admin", "admin@example.org"]):
            subprocess.run([program(), *command], env=environment, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        process = subprocess.Popen([program(), "serve", "--port", str(port)], env=environment,
                                   stdout=subprocess.DEVNULL)
        desk = Desk(process, port, environment)
        try:
            wait_for(lambda: desk.get("/healthz"), seconds=30, what="the desk")
            yield desk
        finally:
            process.terminate()
            process.wait(10)


def load(desk: Desk, *, stop: threading.Event) -> None:
    """About ten pages and two mails a second until told to stop."""
    number = 0
    while not stop.wait(0.1):
        number += 1
        desk.get(("/", "/healthz", "/portal")[number % 3])
        if number % 5 == 0:
            desk.deliver(number)


def watch(desk: Desk, *, seconds: float, readings: int = 10) -> list[Reading]:
    """Measure at equal intervals."""
    since = time.monotonic()
    result = []
    for _ in range(readings):
        time.sleep(seconds / readings)
        result.append(desk.read(since=since))
    return result


def main() -> int:
    """Print one JSON document; exit 1 if the idle desk needs more than was promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=0.5, help="how long to watch, each time")
    parser.add_argument("--load", action="store_true", help="also measure with pages and mails coming in")
    options = parser.parse_args()
    with running_desk() as desk:
        report = {"promised_mb": PROMISED_MB, "idle": watch(desk, seconds=options.minutes * 60)}
        if options.load:
            stop = threading.Event()
            thread = threading.Thread(target=load, args=[desk], kwargs={"stop": stop})
            thread.start()
            report["load"] = watch(desk, seconds=options.minutes * 60)
            stop.set()
            thread.join()
    print(json.dumps(report, indent=1, default=asdict))
    return int(report["idle"][-1].total_mb > PROMISED_MB)


if __name__ == "__main__":
    sys.exit(main())
