"""The swept desk worked by two real worker processes, to which a mail server hands its mail by LMTP."""

from __future__ import annotations

import contextlib
import smtplib
import time
from pathlib import Path

from firstline.jobs import worker
from tests.support import forking
from tests.support.forking import Child
from tests.support.swept_desk import ADDRESS, Swept

QUIET_WITHIN = 40.0
KILLED = -9


class Workers:
    """A victim that does everything, and another that works; both are forked from this process."""

    def __init__(self, swept: Swept, home: Path, *, log: Path) -> None:
        self._swept, self._home, self._log = swept, home, log

    def first(self, fault: int) -> tuple[Child, int]:
        """Work until the victim has died at its `fault`-th point (its code is -9), or all is quiet (0)."""
        self._other = self._start("work")
        victim = self._start("work", "mail", fault=fault)
        code = self._until_quiet(victim)
        return victim, code

    def again(self, victim_code: int, victim: Child) -> list[int]:
        """Start the victim again if it died, work until all is quiet, end both; their exit codes.

        A victim that reaches its point only while it is being ended dies there as it was told to: that is no fault.
        """
        code, armed = 0, victim_code != KILLED
        if not armed:
            victim = self._start("work", "mail")
            code = self._until_quiet(victim)
        if code:
            return [code]
        last = victim.end().code
        return [0 if armed and last == KILLED else last, self._other.end().code]

    def _start(self, *names: str, fault: int = 0) -> Child:
        log = self._log if "mail" in names else None
        return forking.start(lambda: worker.main(frozenset(names)), home=self._home, fault=fault, log=log)

    def _until_quiet(self, child: Child) -> int:
        deadline = time.monotonic() + QUIET_WITHIN
        while not (self._hand_over() and self._swept.is_quiet()):
            code = child.has_ended()
            if code is not None:
                return code
            if time.monotonic() > deadline:
                return 98
            time.sleep(0.05)
        ended = child.has_ended()
        return 0 if ended is None else ended

    def _hand_over(self) -> bool:
        """One try to deliver what stands in the spool; what was answered 250 leaves it."""
        waiting = sorted(self._swept.spool.glob("*.eml"))
        if not waiting:
            return True
        with contextlib.suppress(OSError, smtplib.SMTPException), \
                smtplib.LMTP(str(self._home / "run" / "lmtp.sock"), timeout=10) as line:
            for file in waiting:
                line.sendmail("sender@customer.example", [ADDRESS], file.read_bytes())
                file.unlink()
            return True
        return False
