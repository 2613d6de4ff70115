"""A private PostgreSQL cluster in a temporary folder, reached by a socket, ended with the test run."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.support import children
from tests.support.waiting import wait_for

OWNER = "firstline"
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=100",
    "listen_addresses=",
    "timezone=UTC",
    "autovacuum=off",
    "jit=off",
)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Cluster:
    """A running cluster; databases are made on request."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        self._home = Path(tempfile.mkdtemp(prefix="firstline-pg-"))
        if self._user:
            shutil.chown(self._home, self._user, self._user)
        self._log = self._home.with_suffix(".log")
        initdb = [
            programs / "initdb",
            "-D",
            self._home / "data",
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(
            initdb,
            check=True,
            capture_output=True,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            cwd="/",
        )
        settings = [part for line in FAST for part in ("-c", line)]
        self._process = children.start(
            [programs / "postgres", "-D", self._home / "data", "-k", self._home, *settings],
            log=self._log,
            user=self._user,
        )
        wait_for(self._answers, seconds=30, what="PostgreSQL")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self._home))}"

    def stop(self) -> None:
        """End the server and remove its folder."""
        children.stop(self._process, by=signal.SIGINT)
        shutil.rmtree(self._home, ignore_errors=True)
        self._log.unlink(missing_ok=True)


def create_database(server_url: str, name: str, *, like: str | None = None) -> str:
    """Make a database in the cluster of `server_url`, empty or a copy of the one at `like`; return its own URL."""
    template = f' TEMPLATE "{name_of(like)}"' if like else ""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
    return at_database(server_url, name)


def drop_database(url: str) -> None:
    """Remove the database at a URL together with whoever is still connected; a file goes with its folder."""
    if url.startswith("postgresql:"):
        with psycopg.connect(at_database(url, "postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')


def at_database(url: str, name: str) -> str:
    """The URL of another database in the same cluster."""
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def name_of(url: str) -> str:
    """The name of the database at a URL."""
    return url.partition("?")[0].rpartition("/")[2]
