"""What is due is done: what died is given back, waiting ends, the audit chain is sealed, old rows go."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from firstline.accounts.principal import SYSTEM
from firstline.flows import claiming, noticing, pruning, sealing, waiting

KEEP_CHANGES = timedelta(days=2)

log = logging.getLogger(__name__)


def sweep(*, now: datetime) -> int:
    """One round as of a moment; how many waiting tickets go on. Each part is harmless to repeat."""
    claiming.release_dead(now=now)
    due = waiting.due_to_resume(now=now)
    resumed = sum(1 for number in due if _resume(number, now=now))
    noticing.breaker_rests(now=now)
    sealing.seal()
    pruning.prune(before=now - KEEP_CHANGES)
    pruning.tidy(now=now)
    return resumed


def _resume(number: int, *, now: datetime) -> bool:
    """One ticket in its own transaction: a bad one does not stop the rest."""
    try:
        waiting.resume(number, by=SYSTEM, now=now)
    except Exception:
        log.exception("Ticket %d could not go on.", number)
        return False
    return True
