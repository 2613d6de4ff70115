"""What is due is done: what died is given back, waiting ends, the audit chain is sealed, old rows go."""

from __future__ import annotations

from datetime import datetime, timedelta

from firstline.accounts.principal import SYSTEM
from firstline.flows import claiming, pruning, sealing, waiting

KEEP_CHANGES = timedelta(days=2)


def sweep(*, now: datetime) -> int:
    """One round as of a moment; how many waiting tickets go on. Each part is harmless to repeat."""
    claiming.release_dead(now=now)
    due = waiting.due_to_resume(now=now)
    for number in due:
        waiting.resume(number, by=SYSTEM, now=now)
    sealing.seal()
    pruning.prune(before=now - KEEP_CHANGES)
    return len(due)
