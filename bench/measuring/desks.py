"""Homes and databases for benchmarks: temporary, migrated, with the dictionaries compiled only once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import postgresql

ROOT = Path(__file__).resolve().parents[2]
_KEPT = Path(tempfile.gettempdir()) / f"firstline-bench-{os.getuid()}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk of a benchmark lives."""

    home: Path
    database: str
    kind: str

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTLINE_")}
        return {**own, "PYTHONPATH": str(ROOT), "FIRSTLINE_HOME": str(self.home), "DATABASE_URL": self.database,
                "FIRSTLINE_TESTING": "1", "DJANGO_SETTINGS_MODULE": "firstline.settings"}

    def run(self, module: str, *arguments: str) -> str:
        """Run a module of the benchmarks in a process of its own; its standard output. Raises CalledProcessError."""
        done = subprocess.run([sys.executable, "-m", module, *arguments], env=self.environment, cwd=ROOT, check=True,
                              stdout=subprocess.PIPE, text=True)
        return done.stdout


@contextmanager
def server(kind: str) -> Iterator[str]:
    """A private PostgreSQL whose address is given, or nothing for SQLite."""
    if kind != "postgresql":
        yield ""
        return
    programs = postgresql.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is missing. Get it with: apt-get install postgresql")
    cluster = postgresql.Cluster(programs)
    try:
        yield cluster.url("postgres")
    finally:
        cluster.stop()


@contextmanager
def place(kind: str, at: str, *, name: str) -> Iterator[Place]:
    """An empty home with a database of this kind at a server's address; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as folder:
        home = Path(folder)
        database = postgresql.create_database(at, name) if at else f"sqlite:///{home}/desk.sqlite3"
        for kept in _KEPT.glob("lemmas-*.bin"):
            shutil.copy(kept, home / kept.name)
        yield Place(home, database, kind)
        _KEPT.mkdir(exist_ok=True)
        for made in home.glob("lemmas-*.bin"):
            if not (_KEPT / made.name).exists():
                shutil.copy(made, _KEPT / made.name)
        if at:
            postgresql.drop_database(database)
