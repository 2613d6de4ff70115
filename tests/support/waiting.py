"""Wait for something to become true, with a limit; and find free ports."""

import socket
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def wait_for(ask: Callable[[], Value], *, seconds: float = 10.0, what: str = "it") -> Value:
    """Return the first true answer of `ask`, asked every 20 ms; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:g} s in vain for {what}.")
        time.sleep(0.02)


def free_port() -> int:
    """A TCP port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Whether somebody accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0
