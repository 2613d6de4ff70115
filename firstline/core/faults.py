"""Named points at which a test lets this process die, to prove that nothing is lost or done twice."""

import os
import signal
from pathlib import Path
from threading import Lock


class _Trap:
    """Counts the points that this process passes, writes them down and dies at the chosen one."""

    def __init__(self, *, fatal: int, log: Path | None) -> None:
        self._fatal = fatal
        self._log = log
        self._passed = 0
        self._lock = Lock()

    def spring(self, name: str) -> None:
        with self._lock:
            self._passed += 1
            if self._log is not None:
                _append(self._log, name)
            if self._passed == self._fatal:
                os.kill(os.getpid(), signal.SIGKILL)


_trap: _Trap | None = None


def arm() -> None:
    """Reads FIRSTLINE_FAULT (die at the N-th point) and FIRSTLINE_FAULT_LOG (append each point's name).

    Both count only together with FIRSTLINE_TESTING=1. Raises ValueError with a sentence when
    FIRSTLINE_FAULT is not a positive whole number. It runs when this module is loaded, so that every process
    counts from its beginning; called again, it begins to count anew.
    """
    global _trap
    _trap = _from_environment(dict(os.environ))


def point(name: str) -> None:
    """One passed fault point, as `imap:fetch`; does nothing unless `arm` found something to do."""
    if _trap is not None:
        _trap.spring(name)


def _from_environment(environment: dict[str, str]) -> _Trap | None:
    count = environment.get("FIRSTLINE_FAULT", "")
    log = environment.get("FIRSTLINE_FAULT_LOG", "")
    if environment.get("FIRSTLINE_TESTING") != "1" or not (count or log):
        return None
    if count and (not count.isascii() or not count.isdigit() or int(count) < 1):
        raise ValueError(f"FIRSTLINE_FAULT must be a whole number from 1 on, not {count[:40]!r}.")
    return _Trap(fatal=int(count or 0), log=Path(log) if log else None)


def _append(path: Path, name: str) -> None:
    # One write on an O_APPEND descriptor, so that the lines of several processes never mix.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{name}\n".encode())
    finally:
        os.close(descriptor)


arm()
