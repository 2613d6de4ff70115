"""Loads many rows at once: PostgreSQL by COPY, SQLite in one transaction; secondary indexes are built afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from bench.seeding.forms import CopyForm, Form, ParameterForm

Rows = Sequence[tuple[Any, ...]]
TABLES: Mapping[str, str] = {
    "ticket": "number, subject, kind, status, wait_until, priority_id, team_id, assignee_id, accountable_id, "
              "requester_id, affected_id, category_id, asset_id, language, confidential, entered_at, last_at, "
              "solved_at, closed_at, reopenings, reopened_at, merged_into_id, tags, seq, digest, due_at, order_key",
    "entry": "id, ticket_id, seq, kind, version, data, actor_kind, actor_id, happened_at, recorded_at, public_from, "
             "digest",
    "entry_body": "id, entry_id, text, quoted, html, salt, hashed, erased_at",
    "leg": "id, ticket_id, team_id, arrived_at, started_at, left_at",
    "clock": "id, ticket_id, promise_id, measure, started_at, due_at, met_at, stopped_at",
    "participant": "id, ticket_id, person_id, state",
    "contact": "id, channel, direction, person_id, agent_id, began_at, ended_at, summary, outcome, answers",
    "contact_ticket": "id, contact_id, ticket_id, opened",
    "search_row": "id, kind, object_id, part, audience, number, team_id, confidential, language, analyser, learnt, "
                  "title_length, body_length, tally, changed_at, title, text, keys",
}


class PostgresqlLoader:
    """Takes foreign keys, unique constraints and indexes away, copies, and puts them back."""

    form: Form = CopyForm()

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None
        self._definitions: list[str] = []
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            self._drop(cursor)

    def _drop(self, cursor: Any) -> None:
        names = list(TABLES)
        cursor.execute("""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC, conname""", [names])
        for table, name, definition in cursor.fetchall():
            self._definitions.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("""SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary""", [names])
        for name, definition in cursor.fetchall():
            self._definitions.append(definition)
            cursor.execute(f"DROP INDEX {name}")

    def write(self, tables: Mapping[str, Rows]) -> None:
        """Hand a batch to the writing thread, while the next is being made; the one before must be through."""
        self._wait()
        self._last = self._writer.submit(self._copy, connection.connection, tables)

    @staticmethod
    def _copy(raw: Any, tables: Mapping[str, Rows]) -> None:
        with raw.cursor() as cursor:
            for table, rows in tables.items():
                with cursor.copy(f"COPY {table} ({TABLES[table]}) FROM STDIN") as copy:
                    copy.write("\n".join(["\t".join(map(str, row)) for row in rows]) + "\n" if rows else "")

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()

    def finish(self) -> None:
        """Indexes and constraints anew, sequences behind the last row."""
        self._wait()
        self._writer.shutdown()
        with connection.cursor() as cursor:
            for definition in self._definitions:
                cursor.execute(definition)
            for table, columns in TABLES.items():
                key = columns.partition(",")[0]
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), "
                               f"COALESCE((SELECT MAX({key}) FROM {table}), 0) + 1, false)")

    @staticmethod
    def settle() -> None:
        """What autovacuum would do in time."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


class SqliteLoader:
    """Takes indexes away, inserts, and puts them back; all in the caller's one transaction."""

    form: Form = ParameterForm()

    def __init__(self) -> None:
        self._definitions: list[str] = []
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            for name, table, definition in cursor.fetchall():
                if table in TABLES:
                    self._definitions.append(definition)
                    cursor.execute(f'DROP INDEX "{name}"')

    def write(self, tables: Mapping[str, Rows]) -> None:
        """Insert a batch."""
        raw = connection.connection
        for table, rows in tables.items():
            if table == "search_row":
                raw.executemany("INSERT INTO search_fulltext (rowid, keys) VALUES (?, ?)",
                                ((row[0], row[-1]) for row in rows))
                self._insert(raw, table, TABLES[table].removesuffix(", keys"), (row[:-1] for row in rows))
            else:
                self._insert(raw, table, TABLES[table], rows)

    @staticmethod
    def _insert(raw: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        raw.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def finish(self) -> None:
        """The indexes anew; SQLite counts on from the greatest number by itself."""
        with connection.cursor() as cursor:
            for definition in self._definitions:
                cursor.execute(definition)
            cursor.execute("INSERT INTO search_fulltext (search_fulltext) VALUES ('optimize')")

    @staticmethod
    def settle() -> None:
        """The write-ahead log into the file."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def loader() -> PostgresqlLoader | SqliteLoader:
    """The loader of the database at hand; call it inside a transaction."""
    return PostgresqlLoader() if connection.vendor == "postgresql" else SqliteLoader()
