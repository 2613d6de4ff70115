"""What the same work costs at the least: its statements by the bare driver, its bytes from a bare server."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass(slots=True)
class Statements:
    """What was sent to the database, word for word; `many` marks executemany."""

    sent: list[tuple[str, Any, bool]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        kept = [tuple(each) for each in params] if many else params
        self.sent.append((sql, kept, many))
        return execute(sql, kept, many, context)


@contextmanager
def recorded() -> Iterator[Statements]:
    """Record every statement of this thread's connection."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        yield statements


def replay(statements: Statements) -> tuple[Callable[[], None], list[int]]:
    """A function that sends the same statements by the bare driver in one transaction which is rolled back, and the
    database process that serves it."""
    if connection.vendor == "postgresql":
        return _postgresql(statements)
    raw = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    raw.executescript("PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16000;")
    ready = [(sql.replace("%s", "?").replace("%%", "%") if params is not None else sql, params or (), many)
             for sql, params, many in statements.sent if not _of_transaction(sql)]

    def send() -> None:
        raw.execute("BEGIN")
        for sql, params, many in ready:
            if many:
                raw.executemany(sql, params)
            else:
                raw.execute(sql, params).fetchall()
        raw.execute("ROLLBACK")

    return send, []


def _postgresql(statements: Statements) -> tuple[Callable[[], None], list[int]]:
    import psycopg

    given = connection.get_connection_params()
    raw = psycopg.connect(cursor_factory=psycopg.ClientCursor, **{
        name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)})
    ready = [one for one in statements.sent if not _of_transaction(one[0])]

    def send() -> None:
        with raw.cursor() as cursor:
            for sql, params, many in ready:
                if many:
                    cursor.executemany(sql, params)
                else:
                    cursor.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()
        raw.rollback()

    return send, [raw.info.backend_pid]


def _of_transaction(sql: str) -> bool:
    return sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN"))


def bare(body: bytes) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """A WSGI application that answers with these bytes."""
    def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]

    return application
