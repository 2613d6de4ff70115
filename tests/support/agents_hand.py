"""An agent at a desk that serves: flows called by name in a process of their own, as the pages call them."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from tests.support.desk import Desk


class Hand:
    """The test's end: `do("replying.reply", 7, text="…")`; what is a number or None comes back."""

    def __init__(self, desk: Desk, email: str) -> None:
        command = [sys.executable, "-m", "tests.support.agents_hand", email]
        self._process = subprocess.Popen(command, env=desk.environment, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)

    def do(self, flow: str, number: int, **words: Any) -> Any:
        """Do one thing to a ticket now; raises AssertionError with the refusal."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"flow": flow, "number": number, "words": words}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "refused" not in answer, answer
        return answer["value"]

    def close(self) -> None:
        """Go home."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def main(email: str) -> None:
    """The agent's end: answers each line until standard input is closed."""
    import django

    django.setup()
    from firstline.accounts.queries import agent_of_email
    from firstline.core.errors import DeskError
    from firstline.core.time import now
    from firstline.routing.queries import principal_of
    from firstline.tickets.rules.states import Status

    by = principal_of(agent_of_email(email) or 0)
    for line in sys.stdin:
        asked = json.loads(line)
        module, _, name = asked["flow"].partition(".")
        words = asked["words"]
        if "then" in words:
            words["then"] = Status(words["then"])
        act = getattr(importlib.import_module(f"firstline.flows.{module}"), name)
        try:
            # Ten seconds ago, so that the time of grace of an answer is over.
            value = act(asked["number"], by=by, now=now() - timedelta(seconds=10), **words)
            answer: dict[str, Any] = {"value": value if isinstance(value, int) else None}
        except DeskError as refusal:
            answer = {"refused": str(refusal)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
