"""The worker's fourth duty: chores, each kind done by one process at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from firstline.core.time import now
from firstline.flows import alarming, chores, claiming, learning

log = logging.getLogger(__name__)

REGULAR: dict[str, tuple[Callable[[], None], timedelta]] = {
    "learn-words": (learning.learn_words, timedelta(minutes=10)),
    "raise-alarms": (alarming.raise_alarms, timedelta(minutes=2)),
}
"""The regular chores: what is done, and how long until it is due again."""


class ChoreDuty:
    """Claims one chore at a time."""

    def __init__(self, *, worker: str) -> None:
        self._worker = worker

    def once(self) -> int:
        """Do the chore that is due, if there is one; how many were done."""
        chores.keep_regular(frozenset(REGULAR), now=now())
        claimed = claiming.claim_chores(worker=self._worker, now=now())
        for chore in claimed:
            self._do(chore)
        return len(claimed)

    def _do(self, chore: int) -> None:
        kind = chores.kind_of(chore, worker=self._worker)
        if kind is None:
            return
        try:
            deed, pause = REGULAR[kind]
            deed()
        except Exception as error:
            log.exception("The chore %s failed.", kind)
            chores.failed(chore, worker=self._worker, error=f"{type(error).__name__}: {error}", now=now())
            return
        chores.done(chore, worker=self._worker, again_at=now() + pause)
