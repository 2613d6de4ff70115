"""`firstline migrate`: the database, the style sheets and the dictionaries are brought to this version."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from firstline.cli.terminal import UNAVAILABLE, Arguments, Refusal, Told, perform_in_desk

if TYPE_CHECKING:
    from firstline.accounts.principal import Principal


def main(argv: list[str]) -> int:
    """Returns the exit code; with `--check` 69 where something is still to be done."""
    parser = Arguments("migrate", __doc__ or "")
    parser.add_argument("--check", action="store_const", const=_check, default=_migrate, dest="deed",
                        help="change nothing, only say whether the database fits this version")
    parser.add_argument("--no-dictionaries", action="store_true",
                        help="leave the dictionaries of the search out (some ten seconds)")
    return perform_in_desk(argv, parser, _act)


def _act(wanted: argparse.Namespace, by: Principal) -> Told:
    by.require("setup.change")
    deed = wanted.deed
    told: Told = deed(wanted)
    return told


def _check(_wanted: argparse.Namespace) -> Told:
    waiting = waiting_migrations()
    if waiting:
        raise Refusal("The database does not fit this version yet. Run firstline migrate.", code=UNAVAILABLE)
    return Told("The database fits this version.", {"waiting": []})


def _migrate(wanted: argparse.Namespace) -> Told:
    waiting = waiting_migrations()
    bring_up_to_date()
    if not wanted.no_dictionaries:
        compile_dictionaries()
    return Told(f"The database fits this version; {len(waiting)} steps were taken.", {"taken": waiting})


def waiting_migrations() -> list[str]:
    """The steps that the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date() -> None:
    """Migrate, make the table of the shared cache, collect what the pages need. Harmless to repeat."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def compile_dictionaries() -> None:
    """Compile the lemmas that search reads, if they are not there yet."""
    from firstline.search.compiling import compile_lemmas
    from firstline.search.dictionary import lemmas_path

    path = lemmas_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        compile_lemmas(path)
