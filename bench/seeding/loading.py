"""Loads many rows at once: PostgreSQL by COPY, SQLite in one transaction; secondary indexes are built afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
from django.db import connection, transaction

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


def _copy(parameters: dict[str, Any], tables: Mapping[str, bytes]) -> None:
    with psycopg.connect(**parameters) as own, own.cursor() as cursor:
        for table, block in tables.items():
            with cursor.copy(f"COPY {table} ({TABLES[table]}) FROM STDIN") as copy:
                copy.write(block)


class PostgresqlLoader:
    """Takes foreign keys, unique constraints and indexes away, copies, and puts them back over two connections."""

    form: Form = CopyForm()
    processes = os.cpu_count() or 1

    def __init__(self) -> None:
        self._constraints: dict[str, list[str]] = {}
        self._indexes: dict[str, list[str]] = {}
        with connection.cursor() as cursor, transaction.atomic():
            self._drop(cursor)

    def _drop(self, cursor: Any) -> None:
        cursor.execute("""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype
            FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')""", [list(TABLES)])
        for table, name, definition, kind in cursor.fetchall():
            kept = self._constraints if kind == "f" else self._indexes
            kept.setdefault(table, []).append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("""SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
            FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary""", [list(TABLES)])
        for table, name, definition in cursor.fetchall():
            self._indexes.setdefault(table, []).append(definition)
            cursor.execute(f"DROP INDEX {name}")

    @property
    def put(self) -> Callable[[Mapping[str, bytes]], None]:
        """Copies a portion over a connection of the calling process."""
        parameters = connection.get_connection_params()
        return partial(_copy, {name: parameters[name] for name in ("dbname", "user", "password", "host", "port")
                               if parameters.get(name)})

    def finish(self) -> None:
        """Indexes and constraints anew, sequences behind the last row, statistics as autovacuum would make them."""
        heavy = {"search_row"}
        with ThreadPoolExecutor(2) as both:
            for one in [both.submit(self._rebuild, heavy), both.submit(self._rebuild, TABLES.keys() - heavy)]:
                one.result()
        with connection.cursor() as cursor:
            for table in TABLES:
                for definition in self._constraints.get(table, ()):
                    cursor.execute(definition)
            for table, columns in TABLES.items():
                key = columns.partition(",")[0]
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), "
                               f"COALESCE((SELECT MAX({key}) FROM {table}), 0) + 1, false)")
            cursor.execute("ANALYZE")

    def _rebuild(self, tables: Collection[str]) -> None:
        """Over a connection of its own thread."""
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'")
            for table in sorted(tables):
                for definition in self._indexes.get(table, ()):
                    cursor.execute(definition)
                cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute("RESET maintenance_work_mem")
        connection.close()


class SqliteLoader:
    """Takes indexes away, inserts, and puts them back; all in one transaction."""

    form: Form = ParameterForm()
    processes = 1

    def __init__(self) -> None:
        self._definitions: list[str] = []
        connection.disable_constraint_checking()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            for name, table, definition in cursor.fetchall():
                if table in TABLES:
                    self._definitions.append(definition)
                    cursor.execute(f'DROP INDEX "{name}"')

    def put(self, tables: Mapping[str, Rows]) -> None:
        """Insert a portion."""
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
        self._transaction.__exit__(None, None, None)
        connection.enable_constraint_checking()


def loader() -> PostgresqlLoader | SqliteLoader:
    """The loader of the database at hand."""
    return PostgresqlLoader() if connection.vendor == "postgresql" else SqliteLoader()
