"""The audit trail and its chain of seals."""

from datetime import UTC, datetime

import pytest

from firstline.accounts import audit
from firstline.accounts.models import AuditLine
from firstline.accounts.principal import SYSTEM
from firstline.accounts.queries import audit_breaches
from firstline.flows.sealing import seal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def sealed() -> None:
    for number in range(5):
        audit.line("test.done", by=SYSTEM, now=NOW, object_kind="thing", object_id=number, words=["ő", {"b": 1}])
    while seal(limit=2):
        pass


def test_every_line_is_sealed_and_the_chain_holds(sealed) -> None:
    assert not AuditLine.objects.filter(seal=None).exists()
    assert list(audit_breaches()) == []


def test_a_late_line_with_a_lower_id_joins_the_end(sealed) -> None:
    AuditLine.objects.create(pk=0, at=NOW, actor_kind="system", deed="test.late")
    seal()
    assert AuditLine.objects.get(pk=0).position == 6 and list(audit_breaches()) == []


@pytest.mark.parametrize("change", [{"deed": "x"}, {"object_id": 99}, {"data": {}}, {"actor_id": 3}])
def test_a_changed_line_shows(sealed, change) -> None:
    AuditLine.objects.filter(position=3).update(**change)
    assert len(list(audit_breaches())) == 1


def test_a_line_that_was_taken_out_shows(sealed) -> None:
    AuditLine.objects.filter(position=3).delete()
    assert len(list(audit_breaches())) == 1
