"""The worker's small regular duties: what died is given back, waiting ends, the audit chain is sealed."""

from __future__ import annotations

from datetime import timedelta

from firstline.accounts.principal import SYSTEM
from firstline.core.time import now
from firstline.flows import claiming, pruning, sealing, waiting

EVERY = 15.0


def once() -> None:
    """One round; each part is harmless to repeat."""
    moment = now()
    claiming.release_dead(now=moment)
    for number in waiting.due_to_resume(now=moment):
        waiting.resume(number, by=SYSTEM, now=moment)
    sealing.seal()
    pruning.prune(before=moment - timedelta(days=2))
