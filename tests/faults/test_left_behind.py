"""What a killed process, a broken line or an unlucky moment leaves behind is found again and put right."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from firstline.files import store
from firstline.flows import claiming, merging, sweep, waiting
from firstline.flows.opening import open_ticket
from firstline.insight.check import prove
from firstline.jobs.connections import lent
from firstline.tickets.models import Ticket
from firstline.tickets.rules.states import Status
from tests.support.mail_desk import make_desk


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """A files folder that no other test's process tidies."""
    settings.CONFIG = replace(settings.CONFIG, files=tmp_path / "files")


ON_SERVER = os.environ.get("FIRSTLINE_TEST_DATABASE") == "postgresql"


@pytest.mark.django_db
def test_a_file_whose_writer_died_before_its_commit_is_removed():
    later = datetime.now(UTC) + timedelta(hours=2)
    key = store._write(b"x" * 300_000)
    assert key in [one.object for one in prove(now=later).breaches]
    sweep.sweep(now=later)
    assert prove(now=later).ok


@pytest.mark.django_db
def test_a_file_that_belongs_to_a_letter_stays():
    later = datetime.now(UTC) + timedelta(hours=2)
    blob = store.put(b"y" * 300_000, now=datetime.now(UTC))
    sweep.sweep(now=later)
    assert len(store.get(blob)) == 300_000


@pytest.mark.django_db
def test_letters_that_a_worker_left_when_the_database_failed_it_takes_up_at_once():
    desk = make_desk()
    letter = desk.take(b"From: a@b.example\r\nSubject: x\r\n\r\nText.\r\n")
    assert claiming.claim_letters(worker="one", now=desk.now) == [letter]
    assert claiming.claim_letters(worker="two", now=desk.now) == []
    assert claiming.claim_letters(worker="one", now=desk.now) == [letter]


@pytest.mark.django_db
def test_one_ticket_that_cannot_go_on_does_not_stop_the_others():
    desk = make_desk()
    numbers = [open_ticket(by=desk.agent, now=desk.now, subject=f"{n}", text="x", requester=None) for n in range(2)]
    for number in numbers:
        waiting.wait(number, by=desk.agent, now=desk.now, status=Status.WAITING_DATE,
                     until=desk.now + timedelta(hours=1))
    Ticket.objects.filter(pk=numbers[0]).update(digest="", seq=1)  # its next line cannot be written
    assert sweep.sweep(now=desk.now + timedelta(hours=2)) == 1


@pytest.mark.skipif(not ON_SERVER, reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_a_mail_that_waited_for_a_merge_joins_the_ticket_that_stands():
    desk = make_desk()
    first, second = (desk.mail_in(subject=f"Printer {n}", message_id=f"<{n}@x.example>").ticket for n in range(2))
    held, go = threading.Event(), threading.Event()

    def merge_slowly() -> None:
        from firstline.flows.changing import changing

        with changing(first, second, by=desk.lead, to="ticket.merge", now=desk.now) as [case, _]:
            from firstline.flows.changing import actor
            from firstline.tickets.rules import entries as e

            case.write(e.MergedInto(number=second), by=actor(desk.lead), now=desk.now)
            held.set()
            go.wait(5)
        connection.close()

    merger = threading.Thread(target=merge_slowly)
    merger.start()
    held.wait(5)
    threading.Timer(0.3, go.set).start()
    from django.db import transaction

    with transaction.atomic():
        assert merging.lock_root(first).number == second
    merger.join()


@pytest.mark.django_db(transaction=True)
def test_more_mailboxes_than_pooled_connections_are_all_served():
    many, asked = 12, []
    together = threading.Barrier(many)

    def read_one_mailbox() -> None:
        with lent():
            asked.append(Ticket.objects.count())
        together.wait(30)
        connection.close()

    threads = [threading.Thread(target=read_one_mailbox) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(asked) == many
