"""What one worker process does at the same time: each duty in a thread of its own, all stopped together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from django.conf import settings

from firstline.core.time import now
from firstline.flows import claiming, heartbeat, sweep, taking_in
from firstline.intake.parser import Parser
from firstline.jobs.chores import ChoreDuty
from firstline.jobs.connections import lent
from firstline.jobs.fetching import FetchDuty
from firstline.jobs.grouping import Delivery
from firstline.jobs.letters import LetterDuty
from firstline.jobs.lmtp import LmtpServer
from firstline.jobs.outbox import OutboxDuty
from firstline.jobs.sendways import SendWays
from firstline.notices import queries

IDLE = 0.5
LOOK_EVERY = 15.0

log = logging.getLogger(__name__)


class Duties:
    """The threads of a worker. `work` handles letters and mail, `mail` fetches and listens."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._worker = claiming.worker_name()
        self._threads: list[threading.Thread] = []
        self._lmtp: LmtpServer | None = None

    def start(self) -> None:
        """Begin; raises OSError when the LMTP address cannot be had."""
        claiming.release_dead(now=now())
        if "work" in self._names:
            self._spawn("letters", self._letters)
            self._spawn("outbox", self._outbox)
            self._spawn("upkeep", self._upkeep)
            self._spawn("chores", self._chores)
        if "mail" in self._names:
            self._listen()
            self._spawn("fetching", self._fetching)

    def stop(self) -> None:
        """Let each duty finish what it has in hand, at most four seconds."""
        self._stopping.set()
        self._wake.set()
        if self._lmtp is not None:
            self._lmtp.stop(timeout=2)
        for thread in self._threads:
            thread.join(4)

    def _spawn(self, name: str, duty: Callable[[], None]) -> None:
        thread = threading.Thread(target=duty, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _round(self, name: str, once: Callable[[], int], *, pause: float) -> None:
        """Call `once` until stopped: again at once while there is work, else after a pause."""
        while not self._stopping.is_set():
            done = 0
            try:
                with lent():
                    done = once()
            except Exception:
                log.exception("The duty %s had trouble.", name)
                self._stopping.wait(2)
            if not done:
                self._wake.wait(pause) if name == "letters" else self._stopping.wait(pause)
                if name == "letters":
                    self._wake.clear()

    def _letters(self) -> None:
        with Parser() as parser:
            self._round("letters", LetterDuty(parser, worker=self._worker).once, pause=IDLE)

    def _outbox(self) -> None:
        ways = SendWays()
        self._round("outbox", OutboxDuty(ways, worker=f"{self._worker}:outbox").once, pause=IDLE)
        ways.close()

    def _upkeep(self) -> None:
        def once() -> int:
            heartbeat.beat("worker", now=now())
            sweep.sweep(now=now())
            return 0

        self._round("upkeep", once, pause=LOOK_EVERY)

    def _chores(self) -> None:
        self._round("chores", ChoreDuty(worker=f"{self._worker}:chores").once, pause=LOOK_EVERY)

    def _fetching(self) -> None:
        duty = FetchDuty(wake=self._wake)

        def once() -> int:
            duty.look()
            heartbeat.beat("mail", now=now())
            return 0

        self._round("fetching", once, pause=LOOK_EVERY)
        duty.stop()

    def _listen(self) -> None:
        own = settings.CONFIG.home / "run" / "lmtp.sock"
        own.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        where = [f"unix:{own}", *([settings.CONFIG.lmtp] if settings.CONFIG.lmtp else [])]
        self._lmtp = LmtpServer(listen=where, take_many=self._take_many, known=self._known)
        self._lmtp.start()

    def _known(self, address: str) -> bool:
        with lent():
            return queries.is_ours(address)

    def _take_many(self, group: Sequence[Delivery]) -> list[str]:
        arrived = [taking_in.Arrived(one.raw, "lmtp", recipient=one.recipient, envelope_from=one.envelope_from)
                   for one in group]
        with lent():
            kept = taking_in.take_in_all(arrived, now=now())
        self._wake.set()
        return [str(one.letter) for one in kept]
