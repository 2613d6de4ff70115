"""`firstline deliver`: connects the pipe to the stories; Django is set up only where no worker listens."""

from __future__ import annotations

import sys
from typing import Any

from firstline.cli import deliver


def main(argv: list[str]) -> int:
    """Take one mail from standard input."""
    pipe = _Pipe()
    return deliver.run(argv, stdin=sys.stdin.buffer, stdout=sys.stdout, stderr=sys.stderr, store=pipe.store,
                       handle_now=pipe.handle_now)


class _Pipe:
    """One letter on its way; remembers whether its very bytes had come before."""

    def __init__(self) -> None:
        self._known = False

    def store(self, raw: bytes, *, mailbox: str | None, cut_from: int | None) -> int:
        from firstline.cli.terminal import get_ready

        get_ready()
        from firstline.core.time import now
        from firstline.flows import taking_in
        from firstline.notices.queries import mailbox_of

        number = mailbox_of(mailbox) if mailbox else None
        if mailbox and number is None:
            raise deliver.NotStored(f"The desk has no mailbox {mailbox}; add it with firstline mailbox add.")
        arrived = taking_in.Arrived(raw, "pipe", mailbox=number, recipient=mailbox or "", cut_from=cut_from)
        taken = taking_in.take_in(arrived, now=now())
        self._known = taken.known
        return taken.letter

    def handle_now(self, letter: int | str) -> dict[str, Any]:
        from firstline.core.time import now
        from firstline.flows import claiming, handling
        from firstline.intake.parser import Parser
        from firstline.intake.queries import outcome_of
        from firstline.notices.queries import our_addresses

        number, worker = int(letter), claiming.worker_name()
        if claiming.claim_letter(number, worker=worker, now=now()):
            with Parser() as parser:
                handling.handle(number, parser, ours=our_addresses(), worker=worker, now=now())
        elif self._known:
            return outcome_of(number) | {"outcome": "duplicate", "reason": "the same bytes came before"}
        return outcome_of(number)
