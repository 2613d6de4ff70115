"""Run the real supervisor over tiny children in a process of its own, which must have one thread."""

import sys

from firstline.jobs.supervisor import Child, supervise


def children(kind: str) -> list[Child]:
    """A web process on the port that `kind` names, or one child that refuses to start beside one that stays."""
    python = sys.executable
    if kind == "refusing":
        return [
            Child("web", [python, "-c", "raise SystemExit(78)"]),
            Child("worker", [python, "-c", "import time; time.sleep(60)"]),
        ]
    return [
        Child("web", [python, "-m", "firstline.jobs.webserver", "127.0.0.1", kind, "tests.support.streaming:app"])
    ]


if __name__ == "__main__":
    sys.exit(supervise(children(sys.argv[1])))
