"""The mail of the demo desk comes in and goes out at its own time, by the same stories as real mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from firstline.cli.demo_post import keep
from firstline.flows import claiming, failing, handling, sending
from firstline.flows.receive import Became
from firstline.flows.taking_in import Arrived, take_in
from firstline.intake.parser import Parser
from firstline.notices import outbox
from firstline.notices.queries import SentMail, mails_of, our_addresses

_TRIES = 3


class Mailroom:
    """Hands letters to the desk and takes its mail away into a folder, in place of a mail server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parser = Parser()
        self._worker = claiming.worker_name()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._parser.close()

    def arrive(self, raw: bytes, *, at: datetime, envelope_from: str | None = None) -> Became:
        """A letter comes in and becomes what it is; the receipt for it leaves at once."""
        letter = self._claimed(raw, at=at, envelope_from=envelope_from)
        became = handling.handle(letter, self._parser, ours=our_addresses(), worker=self._worker, now=at)
        self.leave(at=at)
        return became

    def fail(self, raw: bytes, *, at: datetime, reason: str) -> None:
        """A letter comes in that breaks its reader at every try, and so waits for a person."""
        letter = self._claimed(raw, at=at, envelope_from=None)
        for attempt in range(_TRIES):
            later = at + timedelta(minutes=attempt)
            claiming.claim_letter(letter, worker=self._worker, now=later)
            failing.fail(letter, worker=self._worker, reason=reason, now=later)

    def leave(self, *, at: datetime) -> None:
        """What was written up to `at` leaves when its seconds of grace are over."""
        gone = at + outbox.UNDO
        for mail in claiming.claim_outgoing(worker=self._worker, now=gone, limit=50):
            ready = sending.ready(mail, worker=self._worker, now=gone)
            if ready is not None:
                keep(self._folder, ready.raw)
                sending.sent(mail, worker=self._worker, host="127.0.0.1", now=gone)

    def _claimed(self, raw: bytes, *, at: datetime, envelope_from: str | None) -> int:
        arrived = Arrived(raw=raw, source="imap", recipient="", envelope_from=envelope_from)
        letter = take_in(arrived, now=at).letter
        claiming.claim_letter(letter, worker=self._worker, now=at)
        return letter


def answers_of(ticket: int) -> list[SentMail]:
    """The mails that agents wrote about a ticket, oldest first."""
    return [mail for mail in mails_of(ticket) if mail.kind == "reply"]
