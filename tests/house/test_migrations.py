"""The migrations say what the models say."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState


def missing(wanted: ProjectState) -> dict[str, list[object]]:
    """The migrations that would have to be written, by app."""
    loader = MigrationLoader(None)
    questioner = NonInteractiveMigrationQuestioner(specified_apps=None, dry_run=True)
    return MigrationAutodetector(loader.project_state(), wanted, questioner).changes(graph=loader.graph)


def test_a_model_without_a_migration_is_seen() -> None:
    wanted = ProjectState.from_apps(apps)
    wanted.add_model(ModelState("tickets", "Stray", [("id", models.BigAutoField(primary_key=True))]))
    assert "tickets" in missing(wanted)


def test_no_migration_is_missing() -> None:
    assert missing(ProjectState.from_apps(apps)) == {}


@pytest.mark.django_db
def test_the_migrations_build_the_database() -> None:
    from django.db import connection

    assert "ticket" in connection.introspection.table_names()
