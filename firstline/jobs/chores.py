"""The worker's fourth duty: chores, each kind done by one process at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from firstline.core.time import now
from firstline.flows import alarming, chores, claiming, forgetting, learning

log = logging.getLogger(__name__)

REGULAR: dict[str, tuple[Callable[[], None], timedelta]] = {
    "learn-words": (learning.learn_words, timedelta(minutes=10)),
    "raise-alarms": (alarming.raise_alarms, timedelta(minutes=2)),
}
"""The regular chores: what is done, and how long until it is due again."""

ASKED: dict[str, Callable[[Mapping[str, Any]], None]] = {forgetting.CHORE: forgetting.answer}
"""Chores that somebody asks for: done once, with the data of the asker."""


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
        found = chores.claimed(chore, worker=self._worker)
        if found is None:
            return
        kind, data = found
        try:
            if kind in ASKED:
                ASKED[kind](data)
            else:
                REGULAR[kind][0]()
        except Exception as error:
            log.exception("The chore %s failed.", kind)
            chores.failed(chore, worker=self._worker, error=f"{type(error).__name__}: {error}", now=now())
            return
        if kind in ASKED:
            chores.over(chore, worker=self._worker)
        else:
            chores.done(chore, worker=self._worker, again_at=now() + REGULAR[kind][1])
