"""The worker's second duty: mail leaves the outbox."""

from __future__ import annotations

import logging

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

    def once(self) -> int:
        """Send what is due now, at most one batch; how many mails left."""
        moment = now()
        resting = claiming.breakers_open(now=moment)
        gone = 0
        for mail in claiming.claim_outgoing(worker=self._worker, now=moment):
            ready = sending.ready(mail, worker=self._worker)
            if ready is None:
                continue
            way = self._ways.of(ready.mailbox)
            if way.host in resting:
                sending.give_back([mail], worker=self._worker, now=now())
            elif way.sender is None:
                sending.rest(mail, worker=self._worker, host=way.host, error=way.error, now=now())
            elif self._send(ready, way, way.sender):
                gone += 1
        return gone

    def _send(self, ready: sending.Ready, way: Way, sender: Sender) -> bool:
        try:
            sender.send(ready.raw, envelope_from=ready.envelope_from, recipients=list(ready.recipients))
        except SendFailed as failed:
            self._not_sent(ready, way, failed)
            return False
        sending.sent(ready.id, worker=self._worker, host=way.host, now=now())
        return True

    def _not_sent(self, ready: sending.Ready, way: Way, failed: SendFailed) -> None:
        log.warning("Mail %d was not sent: %s", ready.id, failed.sentence)
        if failed.kind in ("recipient", "message") or failed.accepted:
            sending.not_sent(ready.id, worker=self._worker, refused=failed.permanent, put_off=failed.temporary,
                             now=now())
        else:
            sending.rest(ready.id, worker=self._worker, host=way.host, error=failed.sentence, now=now())
