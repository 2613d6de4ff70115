"""Processor time: of this process, of others, and of the database's own processes."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

_TICK = os.sysconf("SC_CLK_TCK")


def spent(pids: Iterable[int]) -> float:
    """Processor seconds that processes have used so far, all their threads together; ended ones count nothing.

    Read from schedstat (nanoseconds; proc(5)), which has no ticks to round to.
    """
    return sum(_of(pid) for pid in pids)


def _of(pid: int) -> float:
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e9


def own() -> float:
    """Processor seconds of this process."""
    return time.process_time()


def lifelong(pid: int) -> float:
    """Processor seconds of a process and of its children that have ended (stat: utime, stime, cutime, cstime)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK


def tree(top: int) -> list[int]:
    """A process and all below it."""
    with contextlib.suppress(psutil.Error):
        return [top, *(child.pid for child in psutil.Process(top).children(recursive=True))]
    return []


def backends() -> list[int]:
    """The processes of PostgreSQL that serve this desk's connections; none on SQLite, which runs in our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [row[0] for row in cursor.fetchall()]


def yardstick() -> float:
    """Milliseconds of processor time for a fixed piece of Python, the best of five; it tells how loaded a machine is.

    Processors that share a core, a cache or a clock slow each other down, and processor time shows it. Figures of two
    runs may be compared where their yardsticks are alike.
    """
    def piece() -> float:
        began = time.process_time()
        words = {str(number): [number] * 5 for number in range(20_000)}
        sorted(words, key=lambda word: (len(word), word[::-1]))
        return (time.process_time() - began) * 1000

    return round(min(piece() for _ in range(5)), 1)
