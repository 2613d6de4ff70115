"""Letters that arrive at the same moment, stored with one commit."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

GROUP = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One letter for one recipient as the envelope gave it.

    `envelope_from` is '' for the null sender and None where the pipe could not say it; `recipient` may be
    `core.envelope.DEFAULT_RECIPIENT`, which stands for the desk's default mailbox.
    """

    raw: bytes
    recipient: str
    envelope_from: str | None


class Take(Protocol):
    """Stores one letter, commits, and returns its id; raises when it is not stored."""

    def __call__(self, raw: bytes, *, recipient: str, envelope_from: str | None) -> str: ...


TakeMany = Callable[[Sequence[Delivery]], Sequence[str]]


def one_by_one(take: Take) -> TakeMany:
    """A `TakeMany` for those that store each letter with a commit of its own."""

    def take_many(group: Sequence[Delivery]) -> Sequence[str]:
        return [take(each.raw, recipient=each.recipient, envelope_from=each.envelope_from) for each in group]

    return take_many


Outcome = str | Exception


def stored(group: Sequence[Delivery], *, take_many: TakeMany) -> list[Outcome]:
    """The letter id or the error for each delivery of a group.

    `take_many` stores all or nothing. If it fails for several, each is tried alone, so that one bad letter
    does not hold up the others; after two failures in a row the trouble is the store's and the rest fail too.
    """
    outcomes = _attempt(group, take_many)
    if len(group) == 1 or not isinstance(outcomes[0], Exception):
        return outcomes
    outcomes = []
    failures = 0
    for each in group:
        if failures == 2:
            outcomes.append(outcomes[-1])
            continue
        outcome = _attempt([each], take_many)[0]
        failures = failures + 1 if isinstance(outcome, Exception) else 0
        outcomes.append(outcome)
    return outcomes


def _attempt(group: Sequence[Delivery], take_many: TakeMany) -> list[Outcome]:
    try:
        ids = list(take_many(group))
        if len(ids) != len(group):
            raise RuntimeError(f"{len(group)} letters were given to be stored, {len(ids)} were.")
    except Exception as error:
        log.exception("%d letters were not stored.", len(group))
        return [error for _ in group]
    return list(ids)


class Grouping:
    """Collects deliveries for `writers` threads: whoever is free takes all that wait, up to GROUP.

    Nobody waits for company: a lone letter is stored at once, a crowd shares commits.
    """

    def __init__(self, *, take_many: TakeMany, executor: Executor, writers: int) -> None:
        self._take_many = take_many
        self._executor = executor
        self._queue: asyncio.Queue[tuple[Delivery, asyncio.Future[Outcome]]] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._write()) for _ in range(writers)]

    async def deliver(self, delivery: Delivery) -> Outcome:
        """The letter's id once it is committed, or the error that kept it from being stored."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((delivery, answer))
        return await answer

    async def close(self, *, timeout: float) -> None:
        """Ends the writers after all that waits is answered, or after `timeout` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), timeout)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _write(self) -> None:
        while True:
            group = [await self._queue.get()]
            while len(group) < GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            deliveries = [delivery for delivery, _ in group]
            outcomes = await asyncio.get_running_loop().run_in_executor(self._executor, self._store, deliveries)
            for (_, answer), outcome in zip(group, outcomes, strict=True):
                if not answer.done():
                    answer.set_result(outcome)
                self._queue.task_done()

    def _store(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        return stored(deliveries, take_many=self._take_many)
