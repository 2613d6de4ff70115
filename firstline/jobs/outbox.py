"""The worker's second duty: mail leaves the outbox."""

from __future__ import annotations

import logging

from firstline.core import memo
from firstline.core.time import now
from firstline.flows import claiming, sending
from firstline.jobs.sending import Sender, SendFailed
from firstline.jobs.sendways import SendWays, Way

log = logging.getLogger(__name__)


class OutboxDuty:
    """Claims mail in batches and sends each; what fails is tried again later by its own rules."""

    def __init__(self, ways: SendWays, *, worker: str) -> None:
        self._ways = ways
        self._worker = worker
        self._accepted: dict[int, str] = {}

    def once(self) -> int:
        """Send what is due now, at most one batch; how many mails left."""
        self._record()
        claimed = claiming.claim_outgoing(worker=self._worker, now=now())
        with memo.batch():
            return sum(1 for mail in claimed if self._post(mail))

    def _post(self, mail: int) -> bool:
        try:
            ready = sending.ready(mail, worker=self._worker, now=now())
        except OSError as error:
            log.warning("Mail %d cannot be read: %s", mail, error)
            sending.unreadable(mail, worker=self._worker, error=str(error), now=now())
            return False
        if ready is None:
            return False
        way = self._ways.of(ready.mailbox)
        if way.sender is None:
            sending.rest(mail, worker=self._worker, host=way.host, error=way.error, now=now())
        elif way.host in claiming.breakers_open(now=now()):
            sending.give_back([mail], worker=self._worker, now=now())
        else:
            return self._send(ready, way, way.sender)
        return False

    def _send(self, ready: sending.Ready, way: Way, sender: Sender) -> bool:
        try:
            sender.send(ready.raw, envelope_from=ready.envelope_from, recipients=list(ready.recipients))
        except SendFailed as failed:
            self._not_sent(ready, way, failed)
            return False
        self._accepted[ready.id] = way.host
        self._record()
        return True

    def _record(self) -> None:
        """Write down what servers have accepted. Where the database fails just then, the next round begins with it,
        so that only a death in between can double a mail."""
        for mail, host in list(self._accepted.items()):
            sending.sent(mail, worker=self._worker, host=host, now=now())
            del self._accepted[mail]

    def _not_sent(self, ready: sending.Ready, way: Way, failed: SendFailed) -> None:
        log.warning("Mail %d was not sent: %s", ready.id, failed.sentence)
        if failed.kind in ("recipient", "message") or failed.accepted:
            sending.not_sent(ready.id, worker=self._worker, refused=failed.permanent, put_off=failed.temporary,
                             now=now())
        else:
            sending.rest(ready.id, worker=self._worker, host=way.host, error=failed.sentence, now=now())
