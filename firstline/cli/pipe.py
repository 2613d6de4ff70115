"""`firstline deliver`: connects the pipe to the stories; Django is set up only where no worker listens."""

from __future__ import annotations

import sys
from typing import Any

from firstline.cli import deliver


def main(argv: list[str]) -> int:
    """Take one mail from standard input."""
    return deliver.run(argv, stdin=sys.stdin.buffer, stdout=sys.stdout, stderr=sys.stderr, store=_store,
                       handle_now=_handle_now)


def _store(raw: bytes, *, mailbox: str | None, cut_from: int | None) -> int:
    from firstline.cli.terminal import get_ready

    get_ready()
    from firstline.core.time import now
    from firstline.flows import taking_in
    from firstline.notices.queries import mailbox_of

    number = mailbox_of(mailbox) if mailbox else None
    if mailbox and number is None:
        raise deliver.NotStored(f"The desk has no mailbox {mailbox}; add it with firstline mailbox add.")
    arrived = taking_in.Arrived(raw, "pipe", mailbox=number, recipient=mailbox or "", cut_from=cut_from)
    return taking_in.take_in(arrived, now=now()).letter


def _handle_now(letter: int | str) -> dict[str, Any]:
    from firstline.core.time import now
    from firstline.flows import claiming, handling
    from firstline.intake.parser import Parser
    from firstline.notices.queries import our_addresses

    worker = claiming.worker_name()
    if claiming.claim_letter(int(letter), worker=worker, now=now()):
        with Parser() as parser:
            handling.handle(int(letter), parser, ours=our_addresses(), worker=worker, now=now())
    return _outcome(int(letter))


def _outcome(letter: int) -> dict[str, Any]:
    from firstline.intake.queries import outcome_of

    return outcome_of(letter)
