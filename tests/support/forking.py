"""Children forked from a warmed-up process without a database connection: a killed one costs milliseconds."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firstline.core import faults

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (-9 when it was killed), and what it returned."""

    code: int
    value: Any


@dataclass(frozen=True, slots=True)
class Child:
    """A running child and the file that will hold its answer."""

    pid: int
    answer: Path

    def wait(self, *, seconds: float = PATIENCE) -> Ended:
        """Wait for its end; one that hangs is killed and counts as exit code 99."""
        deadline = time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                return Ended(99, None)
            time.sleep(0.003)
        code = os.waitstatus_to_exitcode(status)
        value = json.loads(self.answer.read_text()) if code == 0 else None
        self.answer.unlink(missing_ok=True)
        return Ended(code, value)

    def has_ended(self) -> int | None:
        """Its exit code if it has ended, which is told only once."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def end(self, *, by: signal.Signals = signal.SIGTERM) -> Ended:
        """Ask it to end, then wait."""
        os.kill(self.pid, by)
        return self.wait(seconds=10)


def start(act: Callable[[], Any], *, home: Path, fault: int = 0, log: Path | None = None) -> Child:
    """Fork a child that does `act` and answers with JSON; it dies at its `fault`-th point, and logs them."""
    sys.stdout.flush()
    sys.stderr.flush()
    answer = home / f"answer-{time.monotonic_ns()}"
    pid = os.fork()
    if pid:
        return Child(pid, answer)
    code = 1
    try:
        os.environ["FIRSTLINE_FAULT"] = str(fault or "")
        os.environ["FIRSTLINE_FAULT_LOG"] = str(log or "")
        faults.arm()
        answer.write_text(json.dumps(act()))
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def run(act: Callable[[], Any], *, home: Path, fault: int = 0, log: Path | None = None) -> Ended:
    """The same, and wait for its end."""
    return start(act, home=home, fault=fault, log=log).wait()
