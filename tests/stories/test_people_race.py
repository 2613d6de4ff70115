"""Two letters of a stranger at the same moment make one person."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from firstline.flows.people_changing import recognise
from firstline.people.models import Person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_a_stranger_who_comes_eight_times_at_once_is_one_person() -> None:
    found: list[int] = []
    gate = threading.Barrier(8)

    def come() -> None:
        gate.wait()
        with transaction.atomic():
            found.append(recognise("ann@example.org", "Ann", now=NOW))
        connection.close()

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and set(found) == set(Person.objects.values_list("pk", flat=True))
