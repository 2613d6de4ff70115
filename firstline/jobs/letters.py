"""The worker's first duty: letters that were kept become what they are, one after the other."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError

from firstline.core import memo
from firstline.core.errors import DeskError
from firstline.core.time import now
from firstline.flows import claiming, failing, handling, receive
from firstline.intake.mail.reading import Unreadable
from firstline.intake.parser import Parser, ParserDied
from firstline.notices.queries import our_addresses

log = logging.getLogger(__name__)


class LetterDuty:
    """Claims letters in batches and handles each apart: one bad letter never holds up the next."""

    def __init__(self, parser: Parser, *, worker: str) -> None:
        self._parser = parser
        self._worker = worker

    def once(self) -> int:
        """Handle what is due now, at most one batch; how many were handled."""
        claimed = claiming.claim_letters(worker=self._worker, now=now())
        if claimed:
            with memo.batch():
                for letter in claimed:
                    self.handle(letter, ours=our_addresses())
        return len(claimed)

    def handle(self, letter: int, *, ours: frozenset[str]) -> receive.Became | None:
        """Handle one claimed letter; None when it was put off or has failed, which its row then says."""
        try:
            return handling.handle(letter, self._parser, ours=ours, worker=self._worker, now=now())
        except (OperationalError, InterfaceError, OSError) as error:
            log.warning("Letter %d is put off: %s", letter, error)
            failing.put_off(letter, worker=self._worker, reason=str(error), now=now())
        except (ParserDied, Unreadable, DeskError) as error:
            log.warning("Letter %d failed: %s", letter, error)
            failing.fail(letter, worker=self._worker, reason=str(error), now=now())
        except Exception as error:
            log.exception("Letter %d failed.", letter)
            failing.fail(letter, worker=self._worker, reason=f"{type(error).__name__}: {error}", now=now())
        return None
