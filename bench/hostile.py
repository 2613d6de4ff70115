"""Bombs among good mail: `python -m bench.hostile [--good N]` prints what each cost and how long good mail waited."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.support.desk import Desk
from tests.support.swept_desk import load

CPU_S, WAIT_S = 5.5, 30.0


def main() -> int:
    """Print one JSON document; exit 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--good", type=int, default=50)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="firstline-hostile-") as folder:
        desk = Desk(Path(folder), f"sqlite:///{folder}/desk.sqlite3")
        desk.done("migrate", "--no-dictionaries")
        load(desk)
        from firstline.intake.parser import Parser
        from tests.support import bombs
        from tests.support.mail_desk import make_desk

        with Parser() as reader:
            hurt, good = bombs.among_good_mail(make_desk(), reader, good=wanted.good)
    waits = sorted(one.waited_s for one in good)
    lost = [one for one in (*hurt, *good) if not one.outcome and not (one.state == "failed" and one.reason)
            and one.state != "quarantined"]
    p99 = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
    print(json.dumps({"good": len(good), "good_p50_s": waits[len(waits) // 2], "good_p99_s": p99,
                      "worst_bomb_cpu_s": max(one.cpu_s for one in hurt), "lost": len(lost),
                      "bombs": [asdict(one) for one in hurt]}, indent=1, default=str))
    return int(bool(lost) or p99 > WAIT_S or max(one.cpu_s for one in hurt) > CPU_S)


if __name__ == "__main__":
    sys.exit(main())
