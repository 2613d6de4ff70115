"""A desk for the fault sweep: one prepared database, copied for each cycle; nothing here connects in the parent."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import psycopg

from tests.support import postgresql
from tests.support.desk import Desk
from tests.support.dovecot import PASSWORD, Account

ADDRESS = "desk@example.org"
SENDING = "SELECT message_id, claimed_by FROM outgoing WHERE state = 'sending'"
WRITTEN = "SELECT message_id FROM outgoing"
WAITING = """SELECT (SELECT count(*) FROM letter WHERE state IN ('received', 'working'))
 + (SELECT count(*) FROM outgoing WHERE state IN ('waiting', 'sending'))"""


class SqliteBase:
    """An SQLite file with its prepared copy."""

    def __init__(self, home: Path) -> None:
        self._file = home / "desk.sqlite3"
        self.url = f"sqlite:///{self._file}"

    def keep(self) -> None:
        """What is there now is what each cycle begins with."""
        with sqlite3.connect(self._file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(self._file, self._prepared)

    def reset(self) -> None:
        """Begin a cycle; nobody may be connected."""
        for end in ("-wal", "-shm"):
            Path(f"{self._file}{end}").unlink(missing_ok=True)
        shutil.copy(self._prepared, self._file)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the database past the desk."""
        connection = sqlite3.connect(self._file, timeout=20)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    @property
    def _prepared(self) -> Path:
        return self._file.with_suffix(".prepared")


class PostgresqlBase:
    """A database in a cluster, made anew from a template."""

    def __init__(self, server_url: str, name: str) -> None:
        self._server = server_url
        self._name = name
        self.url = postgresql.create_database(server_url, name)

    def keep(self) -> None:
        """What is there now is what each cycle begins with."""
        self._do(f'CREATE DATABASE "{self._name}_prepared" TEMPLATE "{self._name}" STRATEGY FILE_COPY')

    def reset(self) -> None:
        """Begin a cycle; who is still connected is thrown out."""
        self._do(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
        self._do(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}_prepared" STRATEGY FILE_COPY')

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the database past the desk."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(question.encode()).fetchall()

    def drop(self) -> None:
        """Remove both databases."""
        for name in (self._name, f"{self._name}_prepared"):
            postgresql.drop_database(postgresql.at_database(self._server, name))

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())


Base = SqliteBase | PostgresqlBase


@dataclass(frozen=True, slots=True)
class Swept:
    """The desk of a sweep; `spool` holds mail that a mail server still has to hand over by LMTP."""

    desk: Desk
    base: Base
    spool: Path
    prepared_spool: Path

    def reset(self) -> None:
        """Database and spool as prepared."""
        self.base.reset()
        shutil.rmtree(self.spool, ignore_errors=True)
        shutil.copytree(self.prepared_spool, self.spool)

    def in_flight(self) -> dict[str, str]:
        """Message-ID → worker of what our own records say is being sent."""
        return {row[0]: row[1] for row in self.base.rows(SENDING)}

    def written(self) -> set[str]:
        """Message-IDs of everything that was ever put into the outbox."""
        return {row[0] for row in self.base.rows(WRITTEN)}

    def is_quiet(self) -> bool:
        """Whether every mail was handed over, and nothing waits or is in hand."""
        return not any(self.spool.glob("*.eml")) and self.base.rows(WAITING)[0][0] == 0


def set_up(home: Path, base: Base, *, account: Account, smtp_url: str) -> Swept:
    """A desk with one mailbox read by IMAP, set up by commands; then Django is loaded in this process for it."""
    settings = (("FIRSTLINE_ALLOW_HOSTS", "127.0.0.1"), ("FIRSTLINE_SMTP_URL", smtp_url))
    desk = Desk(home, base.url, settings)
    desk.done("migrate", "--no-dictionaries")
    desk.done("setup", "--admin", "admin@example.org")
    desk.done("agent", "add", "anna@example.org", "--role", "front-line", "--name", "Anna Agent")
    (home / "password").write_text(PASSWORD)
    desk.done("mailbox", "add", ADDRESS, "--imap", account.url, "--password-file", str(home / "password"))
    load(desk)
    prepared = home / "spool.prepared"
    prepared.mkdir()
    return Swept(desk, base, home / "spool", prepared)


def load(desk: Desk) -> None:
    """This process, which no test shares, becomes one of the desk's own."""
    os.environ.update(desk.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "firstline.settings"
    django.setup()


def of_process(worker: str, pid: int) -> bool:
    """Whether a claim was made by this process of this host."""
    return worker.startswith(f"{socket.gethostname()}:{pid}:")
