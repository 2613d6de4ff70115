"""Mail servers fail, rest and come back: nothing is lost, and each ticket's mail leaves in its order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from firstline.core.time import now
from firstline.files.models import Blob
from firstline.flows import claiming, replying, sending
from firstline.jobs.outbox import OutboxDuty
from firstline.jobs.sendways import SendWays
from firstline.notices.models import Mailbox, Outgoing
from firstline.notices.rules.retrying import BREAKER_AFTER
from firstline.tickets.rules.states import Status
from firstline.work.models import Beat, Breaker
from tests.support.mail_desk import Desk, make_desk
from tests.support.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(smtp_sink: SmtpSink) -> Desk:
    made = make_desk()
    made.now = now() - timedelta(hours=1)
    Mailbox.objects.update(smtp_url=smtp_sink.url)
    return made


@pytest.fixture
def duty():
    ways = SendWays()
    yield OutboxDuty(ways, worker="tests:outbox")
    ways.close()


def mail_out(desk: Desk, count: int = 1, *, people: int = 1) -> list[str]:
    """That many answers a ticket, a ticket for each person; the Message-IDs in the order written."""
    for person in range(people):
        number = desk.mail_in(sender=f"p{person}@customer.example", message_id=f"<{person}@customer.example>").ticket
        for one in range(count):
            replying.reply(number, by=desk.agent, now=desk.later(minutes=1), text=f"Answer {one}.")
    Outgoing.objects.filter(kind="receipt").update(state="withdrawn")
    return list(Outgoing.objects.filter(kind="reply").order_by("id").values_list("message_id", flat=True))


def let_time_pass() -> None:
    """Whatever rests until later is due now."""
    Outgoing.objects.filter(state="waiting").update(next_at=now())
    Breaker.objects.update(open_until=now())


def arrived(sink: SmtpSink) -> list[str]:
    return [identifier.strip("<>") for identifier in sink.message_ids()]


def test_while_the_mail_server_is_down_mail_is_kept_and_then_leaves_in_order(desk, duty, smtp_sink):
    written = mail_out(desk, 3)
    smtp_sink.stop()
    for _ in range(8):
        duty.once()
        let_time_pass()
    assert set(Outgoing.objects.exclude(kind="receipt").values_list("state", flat=True)) == {"waiting"}
    smtp_sink.start()
    while duty.once():
        pass
    assert arrived(smtp_sink) == written


def test_after_five_failures_the_server_rests_and_the_rest_of_the_batch_is_not_tried(desk, duty, smtp_sink):
    mail_out(desk, people=BREAKER_AFTER + 3)
    smtp_sink.stop()
    duty.once()
    assert Breaker.objects.get().failures == BREAKER_AFTER
    assert Outgoing.objects.filter(kind="reply", attempts=0, state="waiting").count() == 3


def test_the_alarm_ends_when_the_server_takes_mail_again(desk, duty, smtp_sink):
    mail_out(desk, people=BREAKER_AFTER)
    smtp_sink.stop()
    duty.once()
    alarm = Beat.objects.filter(name__startswith="smtp:")
    assert not alarm.get().ok
    smtp_sink.start()
    let_time_pass()
    duty.once()
    assert alarm.get().ok


def test_a_mail_whose_file_is_away_does_not_hold_up_the_next(desk, duty, smtp_sink):
    first, second = mail_out(desk, people=2)
    Blob.objects.filter(pk=Outgoing.objects.get(message_id=first).blob_id).update(content=None, key="away")
    duty.once()
    assert arrived(smtp_sink) == [second]
    assert Outgoing.objects.get(message_id=first).state == "waiting"


def test_what_a_worker_left_behind_when_the_database_failed_it_takes_up_at_once(desk, duty, smtp_sink):
    mail_out(desk)
    assert claiming.claim_outgoing(worker="tests:outbox", now=now())
    assert claiming.claim_outgoing(worker="other:outbox", now=now()) == []
    assert duty.once() == 1


class Failing:
    """A database that refuses to record what was sent, until it is mended."""

    def __init__(self) -> None:
        self.broken = True

    def __call__(self, execute, sql, params, many, context):
        if self.broken and sql.startswith("UPDATE") and '"sent_at"' in sql:
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)


def test_a_mail_that_was_accepted_while_the_database_failed_is_recorded_and_not_sent_again(desk, duty, smtp_sink):
    mail_out(desk)
    database = Failing()
    with connection.execute_wrapper(database):
        with pytest.raises(OperationalError):
            duty.once()
        database.broken = False
        duty.once()
    assert len(arrived(smtp_sink)) == 1
    assert Outgoing.objects.get(kind="reply").state == "sent"


def test_after_five_days_the_ticket_comes_back(desk):
    mail_out(desk)
    mail = Outgoing.objects.get(kind="reply")
    replying.reply(mail.ticket_id, by=desk.agent, now=desk.later(minutes=1), text="Solved.", then=Status.SOLVED)
    desk.later(days=5)
    assert claiming.claim_outgoing(worker="tests", now=desk.now) == [mail.pk]
    sending.rest(mail.pk, worker="tests", host="mx.example:25", error="Nobody answers.", now=desk.now)
    mail.refresh_from_db()
    assert (mail.state, mail.ticket.status) == ("dead", "open")
