"""An answer that does not arrive brings its ticket back, whoever says so and whenever."""

from __future__ import annotations

import pytest

from firstline.flows import claiming, noticing, replying, sending
from firstline.notices.models import Outgoing, Recipient
from firstline.notices.rules.limits import DESK_AN_HOUR
from firstline.people.models import Address
from firstline.tickets.models import Ticket
from firstline.tickets.rules.states import Status
from firstline.work.models import Beat
from tests.support.mail_desk import Desk, make_desk

pytestmark = pytest.mark.django_db
ESZTER, BO = "eszter@customer.example", "bo@customer.example"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def leaving(desk: Desk, **words) -> Outgoing:
    """An answer that a worker has in hand."""
    number = desk.mail_in().ticket
    Outgoing.objects.update(state="withdrawn")
    replying.reply(number, by=desk.agent, now=desk.later(minutes=5), text="Try now.", **words)
    [mail] = claiming.claim_outgoing(worker="w", now=desk.later(minutes=1))
    return Outgoing.objects.get(pk=mail)


def bounce(identifier: str, recipient: str) -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.net
To: desk@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

From: desk@example.org
Subject: [#1] Printer
Message-ID: <{identifier}>
--b--
""".replace("\n", "\r\n").encode()


def test_a_bounce_is_tied_also_when_another_recipient_was_put_off(desk):
    mail = leaving(desk, cc=[BO])
    sending.not_sent(mail.pk, worker="w", refused={}, put_off={BO: "451 later"}, now=desk.now)
    desk.take(bounce(mail.message_id, ESZTER), envelope_from="")
    assert desk.work()[0].ticket == mail.ticket_id
    assert Address.objects.get(email=ESZTER).bouncing_since is not None


def test_a_ticket_that_waits_for_the_customer_comes_back_when_the_answer_cannot_be_sent(desk):
    mail = leaving(desk, then=Status.WAITING_CUSTOMER)
    sending.not_sent(mail.pk, worker="w", refused={ESZTER: "550 unknown"}, put_off={}, now=desk.now)
    assert Ticket.objects.get(pk=mail.ticket_id).status == "open"


def test_a_customers_answer_ends_every_waiting(desk):
    mail = leaving(desk, then=Status.WAITING_CUSTOMER)
    Ticket.objects.filter(pk=mail.ticket_id).update(status="waiting-third")
    desk.mail_in(subject="Re: Printer", text="It works now.", references=mail.message_id)
    assert Ticket.objects.get(pk=mail.ticket_id).status == "open"


def test_the_alarm_about_too_many_automatic_mails_ends(desk):
    mail = leaving(desk)
    flood = [Recipient(outgoing=mail, email=f"{n}@x.example", automatic=True, at=desk.now)
             for n in range(DESK_AN_HOUR)]
    Recipient.objects.bulk_create(flood)
    desk.mail_in(sender="new@customer.example")
    assert not Beat.objects.get(name="breaker:automatic-mail").ok
    noticing.breaker_rests(now=desk.later(hours=2))
    assert Beat.objects.get(name="breaker:automatic-mail").ok


def test_a_mail_in_hand_is_not_given_to_another_worker_while_it_is_tried(desk):
    mail = leaving(desk)
    assert sending.ready(mail.pk, worker="w", now=desk.later(minutes=19)) is not None
    assert claiming.claim_outgoing(worker="other", now=desk.later(minutes=14)) == []
