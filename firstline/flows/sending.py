"""Mail leaves the outbox: at least once, with the same bytes, and what fails is tried again for five days."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firstline.core.text import email_key
from firstline.files import store
from firstline.flows.changing import finish
from firstline.flows.coming_back import come_back
from firstline.flows.merging import lock_root
from firstline.notices.models import Outgoing, Recipient
from firstline.notices.rules import retrying
from firstline.tickets.rules import entries as e
from firstline.work import beats, changes
from firstline.work.models import Breaker


@dataclass(frozen=True, slots=True)
class Ready:
    """One claimed mail, ready for the wire."""

    id: int
    mailbox: int
    raw: bytes
    envelope_from: str
    recipients: tuple[str, ...]


def ready(outgoing: int, *, worker: str, now: datetime) -> Ready | None:
    """What to put on the wire for a claimed mail, or None when it is no longer this worker's.

    A lease that would run out while the server takes its time (ten minutes after the last byte, RFC 5321) is renewed.
    """
    mine = Outgoing.objects.filter(pk=outgoing, state="sending", claimed_by=worker)
    row = mine.values_list("mailbox_id", "blob__content", "blob__key", "envelope_from", "recipients",
                           "lease_until").first()
    if row is None:
        return None
    mailbox, content, key, envelope_from, recipients, lease_until = row
    short = lease_until is None or lease_until < now + retrying.LONGEST_TRY
    if short and not mine.update(lease_until=now + retrying.LONGEST_TRY):
        return None
    return Ready(outgoing, mailbox, store.read(content, key), envelope_from, tuple(recipients))


def sent(outgoing: int, *, worker: str, host: str, now: datetime) -> None:
    """The server said 250 for every recipient."""
    with transaction.atomic():
        Outgoing.objects.filter(pk=outgoing, claimed_by=worker, state="sending").update(
            state="sent", sent_at=now, claimed_by="", lease_until=None, error="")
        if Breaker.objects.filter(name=host).delete()[0]:
            beats.beat(_alarm(host), now=now)
        _tell(outgoing, now=now)


def not_sent(outgoing: int, *, worker: str, refused: dict[str, str], put_off: dict[str, str], now: datetime) -> None:
    """Some recipients were refused for good, others put off; those reached are not written to again."""
    with transaction.atomic():
        mail = Outgoing.objects.select_for_update().filter(pk=outgoing, claimed_by=worker, state="sending").first()
        if mail is None:
            return
        mail.attempts += 1
        mail.error = "; ".join(f"{who}: {why}" for who, why in {**refused, **put_off}.items())[:2000]
        again = retrying.next_try(attempts=mail.attempts, written_at=mail.written_at, now=now,
                                  jitter=secrets.randbelow(1000) / 1000)
        lost = dict(refused) if put_off and again else {**refused, **put_off}
        mail.claimed_by, mail.lease_until = "", None
        if put_off and again:
            mail.state, mail.next_at, mail.recipients = "waiting", again, list(put_off)
        else:
            mail.state = "dead" if len(lost) >= len(mail.recipients) else "sent"
            mail.sent_at = now if mail.state == "sent" else None
        mail.save(force_update=True)
        if lost:
            _give_up(mail, lost, now=now)
        _tell(outgoing, now=now)


def rest(outgoing: int, *, worker: str, host: str, error: str, now: datetime) -> None:
    """The mail server could not be reached or talked to: nothing is lost, and after some failures it rests."""
    with transaction.atomic():
        mail = Outgoing.objects.select_for_update().filter(pk=outgoing, claimed_by=worker, state="sending").first()
        if mail is None:
            return
        breaker, _ = Breaker.objects.select_for_update().get_or_create(name=host)
        breaker.failures += 1
        breaker.error = error[:2000]
        if breaker.failures >= retrying.BREAKER_AFTER:
            breaker.open_until = now + retrying.BREAKER_REST
            beats.ail(_alarm(host), now=now, data={"sentence": error[:500]})
        breaker.save()
    not_sent(outgoing, worker=worker, refused={}, put_off=dict.fromkeys(mail.recipients, error), now=now)


def unreadable(outgoing: int, *, worker: str, error: str, now: datetime) -> None:
    """Its bytes cannot be read now (the files folder is away): tried again like a mail that was put off."""
    recipients = Outgoing.objects.filter(pk=outgoing).values_list("recipients", flat=True).first() or []
    not_sent(outgoing, worker=worker, refused={}, put_off=dict.fromkeys(recipients, error), now=now)


def give_back(outgoing: list[int], *, worker: str, now: datetime) -> None:
    """Claimed but not tried (its host rests): as before."""
    with transaction.atomic():
        Outgoing.objects.filter(pk__in=outgoing, claimed_by=worker, state="sending").update(
            state="waiting", claimed_by="", lease_until=None, next_at=now + retrying.BREAKER_REST)


def _give_up(mail: Outgoing, lost: dict[str, str], *, now: datetime) -> None:
    """A note on the ticket, and a ticket that was thought answered comes back (PROMISES, Sending)."""
    Recipient.objects.filter(outgoing=mail, email__in=[email_key(who) for who in lost]).update(bounced_at=now)
    if mail.ticket_id is None:
        return
    case = lock_root(mail.ticket_id)
    case.write(e.Undelivered(to=tuple(lost), reason=mail.error[:500]), by=e.Actor("system"), now=now)
    if mail.kind == "reply":
        come_back(case, reason="undelivered", now=now)
    finish([case], now=now)


def _alarm(host: str) -> str:
    return f"smtp:{host}"


def _tell(outgoing: int, *, now: datetime) -> None:
    changes.note("outgoing", [outgoing], now=now)
