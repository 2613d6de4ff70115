"""Measures where the processor time of one letter goes, in this process and desk; prints one JSON document."""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from bench.measuring import processors
from bench.measuring.letters import letters


class Steps:
    """Milliseconds of processor time by step: this process's and the database's."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._backends = processors.backends()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        before = processors.own() + processors.spent(self._backends)
        yield
        after = processors.own() + processors.spent(self._backends)
        self.spent[name] = self.spent.get(name, 0.0) + (after - before) * 1000


def worked(raws: list[bytes], steps: Any, *, watched: cProfile.Profile | None = None) -> None:
    """Take letters in, claim them, understand and receive them, in batches of twenty as the worker does."""
    from firstline.core import memo
    from firstline.core.time import now
    from firstline.flows import claiming, receive, taking_in
    from firstline.intake.mail.understanding import understand
    from firstline.intake.queries import kept_letter
    from firstline.notices.queries import our_addresses

    for start in range(0, len(raws), 20):
        batch = [taking_in.Arrived(raw, "lmtp", recipient="desk@localhost", envelope_from=raw.partition(
            b"<")[2].partition(b">")[0].decode()) for raw in raws[start:start + 20]]
        with watched or nullcontext():
            with steps("take in"):
                taking_in.take_in_all(batch, now=now())
            with steps("claim"):
                claimed = claiming.claim_letters(worker="bench", now=now())
            with memo.batch():
                for one in claimed:
                    with steps("fetch"):
                        kept = kept_letter(one)
                    with steps("understand"):
                        found = understand(kept.raw, ours=our_addresses(), envelope_from=kept.envelope_from)
                    with steps("receive"):
                        receive.receive(one, found, worker="bench", now=now())


def _untimed(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def floor(raw: bytes) -> dict[str, Any]:
    """How many statements one letter needs after it was claimed, and what the bare driver needs for them."""
    from django.db import transaction

    from bench.measuring import floors
    from bench.measuring.pages import per_call

    with floors.recorded() as statements, transaction.atomic():
        worked([raw], _untimed)
        transaction.set_rollback(True)
    send, backend = floors.replay(statements)
    return {"statements": len(statements.sent), "floor_ms": round(sum(per_call(send, backends=backend, times=20)), 2),
            "sent": [sql for sql, _, _ in statements.sent]}


def main() -> int:
    """Print the split."""
    import django

    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--statements", action="store_true")
    wanted = parser.parse_args()
    raws = letters(wanted.letters + 41)
    least = floor(raws[40])
    worked(raws[:40], _untimed)
    if wanted.statements:
        print("\n".join(sql[:150] for sql in least["sent"]))
        return 0
    if wanted.profile:
        watched = cProfile.Profile()
        worked(raws[41:], _untimed, watched=watched)
        pstats.Stats(watched).sort_stats("cumtime").print_stats(90)
        return 0
    steps = Steps()
    worked(raws[41:], steps.step)
    split = {name: round(spent / wanted.letters, 2) for name, spent in steps.spent.items()}
    whole = round(sum(split.values()), 2)
    print(json.dumps({"ms": whole, "split": split, "statements": least["statements"], "floor_ms": least["floor_ms"],
                      "ratio": round(whole / least["floor_ms"], 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
