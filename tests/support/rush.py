"""Many clients do the same thing at once, each on a database connection of its own."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, OperationalError, connection

from firstline.accounts.principal import OPERATOR, Principal
from firstline.core.errors import DeskError
from firstline.flows import assigning, merging, replying
from firstline.flows.agents import add_agent
from firstline.flows.opening import open_ticket
from firstline.routing.queries import principal_of
from tests.support.mail_desk import Desk

PATIENCE = 300.0


@dataclass
class Outcome:
    """What the clients met: who won each ticket, refusals, and what must not happen."""

    won: dict[int, list[int]] = field(default_factory=dict)
    refused: int = 0
    deadlocks: int = 0
    errors: list[str] = field(default_factory=list)


def agents(desk: Desk, count: int) -> list[Principal]:
    """That many front-line agents."""
    made = [add_agent(by=OPERATOR, now=desk.now, email=f"a{n}@example.org", name=f"Agent {n}", roles=["front-line"])
            for n in range(count)]
    found = [principal_of(number) for number in made]
    return [one for one in found if one is not None]


def tickets(desk: Desk, count: int) -> list[int]:
    """That many tickets that nobody has claimed."""
    return [open_ticket(by=desk.agent, now=desk.now, subject=f"Printer {n}", text="It is broken.", requester=None)
            for n in range(count)]


def claim_all(desk: Desk, clients: Sequence[Principal], numbers: Sequence[int]) -> Outcome:
    """Every client tries to claim every ticket, in the same order."""
    outcome = Outcome()

    def claim(by: Principal, number: int) -> None:
        before = assigning.claim(number, by=by, now=desk.now)
        assert before is None
        outcome.won.setdefault(number, []).append(by.id or 0)

    _rush(clients, lambda by: [(claim, by, number) for number in numbers], outcome)
    return outcome


def reply_and_merge(desk: Desk, clients: Sequence[Principal], numbers: Sequence[int]) -> Outcome:
    """Every client answers, notes and merges the same tickets, in an order of its own."""
    outcome = Outcome()

    def answer(by: Principal, number: int) -> None:
        replying.reply(number, by=by, now=desk.now + timedelta(minutes=1), text="Try again.")

    def note(by: Principal, number: int) -> None:
        replying.note(number, by=by, now=desk.now, text="Seen.")

    def merge(by: Principal, number: int) -> None:
        merging.merge(number, by=by, now=desk.now, into=numbers[numbers.index(number) - 1])

    def part(by: Principal, number: int) -> None:
        merging.unmerge(number, by=by, now=desk.now)

    def plan(by: Principal) -> list[tuple[Callable[[Principal, int], None], Principal, int]]:
        acts = [(act, by, number) for number in numbers for act in (answer, note, merge, part)]
        random.Random(by.id).shuffle(acts)
        return acts

    _rush(clients, plan, outcome)
    return outcome


def _rush(clients: Sequence[Principal], plan: Callable[[Principal], list[tuple[Callable[[Principal, int], None],
          Principal, int]]], outcome: Outcome) -> None:
    together = threading.Barrier(len(clients))

    def client(by: Principal) -> None:
        together.wait(PATIENCE)
        for act, who, number in plan(by):
            _try(act, who, number, outcome)
        connection.close()

    threads = [threading.Thread(target=client, args=[by]) for by in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def _try(act: Callable[[Principal, int], None], by: Principal, number: int, outcome: Outcome) -> None:
    try:
        act(by, number)
    except DeskError:
        outcome.refused += 1
    except OperationalError as error:
        if "deadlock" in str(error):
            outcome.deadlocks += 1
        else:
            outcome.errors.append(str(error))
    except (DatabaseError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        outcome.errors.append(f"{type(error).__name__}: {error}")
    finally:
        if not connection.in_atomic_block and connection.vendor == "postgresql":
            connection.close()  # sixteen clients share the pool, as requests do
