"""Runs every proof and sums up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from firstline.accounts.queries import audit_breaches
from firstline.insight.check import journeys, letters, mails, stored
from firstline.insight.check.breach import Breach

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """`checked` counts what was looked at by each rule; `breaches` holds at most a thousand."""

    ok: bool
    checked: dict[str, int]
    breaches: tuple[Breach, ...]


def prove(*, now: datetime) -> Report:
    """Prove the invariants of the whole desk (PROMISES, `firstline check`). Reads only."""
    checked: dict[str, int] = {}
    breaches: list[Breach] = []
    for rule, proof in _PROOFS.items():
        count = 0
        for found in proof(now):
            if found is None:
                count += 1
            elif len(breaches) < _MOST:
                breaches.append(found)
        checked[rule] = count
    return Report(not breaches, checked, tuple(breaches))


def _audit(_: datetime) -> Iterator[Breach | None]:
    yield None
    for sentence in audit_breaches():
        yield Breach("audit", "audit", sentence)


_PROOFS: dict[str, Callable[[datetime], Iterator[Breach | None]]] = {
    "letters": letters.outcomes,
    "messages": letters.once,
    "journeys": journeys.refolded,
    "clocks": journeys.clocks,
    "numbers": journeys.numbers,
    "mails": mails.accepted_once,
    "receipts": mails.within_limits,
    "files": stored.whole,
    "orphans": stored.orphans,
    "audit": _audit,
}
