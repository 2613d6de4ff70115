"""A whole desk in a process of its own that takes and sends mail when told so, at any time it is told."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

from tests.support.desk import Desk


class Node:
    """The test's end: one desk, spoken to line by line."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.address = address
        command = [sys.executable, "-m", "tests.support.desk_node", address]
        self._process = subprocess.Popen(command, env=desk.environment, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)

    def take(self, *mails: bytes, now: datetime) -> list[bytes]:
        """Give it mail at a moment; every mail that leaves it because of that, as bytes."""
        asked = {"now": now.isoformat(), "mails": [base64.b64encode(mail).decode() for mail in mails]}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return [base64.b64decode(mail) for mail in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        """End the desk."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def main(address: str) -> None:
    """The desk's end: answers each line on standard input until it is closed."""
    import django

    django.setup()
    from firstline.notices.models import Mailbox
    from tests.support.mail_desk import make_desk

    make_desk()
    Mailbox.objects.update(address=address)
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        mails = [base64.b64decode(mail) for mail in asked["mails"]]
        left = _live(mails, address=address, now=datetime.fromisoformat(asked["now"]))
        sys.stdout.write(json.dumps([base64.b64encode(mail).decode() for mail in left]) + "\n")
        sys.stdout.flush()


def _live(mails: list[bytes], *, address: str, now: datetime) -> list[bytes]:
    """Take, handle and send as the worker does, at the moment given."""
    from firstline.core.errors import DeskError
    from firstline.flows import claiming, handling, sending, taking_in
    from firstline.notices.queries import our_addresses
    from tests.support.swept_story import InThread

    for mail in mails:
        taking_in.take_in(taking_in.Arrived(mail, "lmtp", recipient=address), now=now)
    for letter in claiming.claim_letters(worker="node", now=now, limit=1000):
        handling.handle(letter, InThread(), ours=our_addresses(), worker="node", now=now)
    left = []
    while claimed := claiming.claim_outgoing(worker="node", now=now + timedelta(minutes=1)):
        for mail in claimed:
            ready = sending.ready(mail, worker="node", now=now)
            if ready is None:
                raise DeskError("Somebody else sends this desk's mail.")
            left.append(ready.raw)
            sending.sent(mail, worker="node", host="other", now=now + timedelta(minutes=1))
    return left


if __name__ == "__main__":
    main(sys.argv[1])
