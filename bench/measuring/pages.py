"""Measures the pages of the desk at hand, in this process and through all middleware; prints one JSON document.

Started by `bench.pages` for each desk: the settings of Django are those of one process.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bench.measuring import processors

WARM, ROUNDS = 15, 5
LONG_TICKET = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """One request in milliseconds of processor time, application and database apart; `floor_ms` is the same SQL by
    the bare driver and the same bytes from a bare server."""

    name: str
    ms: float
    application_ms: float
    database_ms: float
    queries: int
    floor_ms: float
    ratio: float
    bytes: int


def per_call(work: Callable[[], object], *, backends: list[int], times: int) -> tuple[float, float]:
    """Median over rounds of milliseconds per call: of this process, and of the database's."""
    for _ in range(WARM):
        work()
    mine, theirs = [], []
    for _ in range(ROUNDS):
        database, application = processors.spent(backends), processors.own()
        for _ in range(times):
            work()
        mine.append((processors.own() - application) / times * 1000)
        theirs.append((processors.spent(backends) - database) / times * 1000)
    return statistics.median(mine), statistics.median(theirs)


class Desk:
    """The desk as its web server sees it, with an agent who is signed in."""

    def __init__(self, *, times: int) -> None:
        from django.test import Client

        from firstline.accounts.models import Agent
        from firstline.routing.queries import principal_of
        from firstline.web.wsgi import application

        self.times, self.application = times, application
        agent = Agent.objects.get(email="maria.hansen@desk.example")
        principal = principal_of(agent.pk)
        assert principal is not None
        self.principal = principal
        client = Client()
        client.force_login(agent, backend="allauth.account.auth_backends.AuthenticationBackend")
        self._cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def get(self, path: str, application: Any = None) -> tuple[int, bytes]:
        """Ask for a page; status and body."""
        address, _, query = path.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
                   "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000", "HTTP_COOKIE": self._cookie,
                   "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
                   "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1"}
        found: list[str] = []
        answer: Iterable[bytes] = (application or self.application)(
            environ, lambda status, headers, *_: found.append(status))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return int(found[0].split()[0]), body

    def page(self, name: str, path: str) -> Cost:
        """The cost of one page."""
        from bench.measuring import floors

        status, body = self.get(path)
        assert status == 200, (path, status)
        with floors.recorded() as statements:
            self.get(path)
        bare = floors.bare(body)
        return self.cost(name, lambda: self.get(path), statements, also=lambda: self.get(path, bare), size=len(body))

    def cost(self, name: str, work: Callable[[], object], statements: Any, *, also: Callable[[], object],
             size: int) -> Cost:
        """Measure some work, and the floor of its statements together with `also`."""
        from bench.measuring import floors

        send, backend = floors.replay(statements)

        def least() -> None:
            send()
            also()

        floor = sum(per_call(least, backends=backend, times=self.times))  # first, while its numbers are still free
        work()
        application, database = per_call(work, backends=processors.backends(), times=self.times)
        whole = application + database
        return Cost(name, round(whole, 2), round(application, 2), round(database, 2), len(statements.sent),
                    round(floor, 2), round(whole / floor, 1), size)


def long_ticket(desk: Desk) -> int:
    """A ticket with thirty messages: the customer and the agent by turns."""
    from firstline.core.time import now
    from firstline.flows import opening, replying
    from firstline.flows.changing import changing
    from firstline.people.models import Address
    from firstline.tickets.desk import Words
    from firstline.tickets.rules import entries as e

    at = now() - timedelta(days=3)
    person, email = Address.objects.order_by("-id").values_list("person_id", "email")[0]
    said = "The printer prints again, but only on one side.\n\nCould you look at it once more?\n\nThank you"
    number = opening.open_ticket(by=desk.principal, now=at, subject="Printer", text=said, requester=person)
    for place in range(1, LONG_TICKET):
        at += timedelta(minutes=40)
        if place % 2:
            replying.reply(number, by=desk.principal, now=at, text="We have a look.\n\n" + said)
            continue
        message = e.Message(channel="mail", person=person, sender=email)
        with changing(number, by=desk.principal, to="ticket.reply", now=at) as [case]:
            case.write(message, by=e.Actor("person", person), now=at, public_from=at, words=Words(said))
    return number


def creating(desk: Desk) -> Cost:
    """Opening a ticket from a call, with its commit."""
    from django.db import transaction

    from bench.measuring import floors
    from firstline.core.time import now
    from firstline.flows.opening import open_ticket
    from firstline.people.models import Address

    people = list(Address.objects.order_by("-id").values_list("person_id", flat=True)[:50])
    counted = iter(range(1, 1_000_000))

    def work() -> int:
        place = next(counted)
        return open_ticket(by=desk.principal, now=now(), subject=f"Monitor {place} flickers", requester=people[
            place % 50], text="The picture of my monitor flickers since this morning.\nThe cable is firm.")

    with floors.recorded() as statements, transaction.atomic():
        work()
        transaction.set_rollback(True)
    return desk.cost("create", work, statements, also=lambda: None, size=0)


def main() -> int:
    """Print the costs of every page."""
    import django

    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40, help="calls in each of five rounds")
    parser.add_argument("--profile", metavar="PAGE", help="print where the time of one page goes instead")
    wanted = parser.parse_args()
    desk = Desk(times=wanted.times)
    number = long_ticket(desk)
    paths = {"queue": "/?tab=open", "ticket": f"/tickets/{number}", "search": "/search?q=printer+paper",
             "search-one": "/search?q=projektor"}
    if wanted.profile:
        profile(lambda: desk.get(paths[wanted.profile]), times=wanted.times)
        return 0
    costs = [desk.page(name, path) for name, path in paths.items()]
    print(json.dumps([asdict(cost) for cost in [*costs, creating(desk)]]))
    return 0


def profile(work: Callable[[], object], *, times: int) -> None:
    """Print the functions that a page spends its time in."""
    for _ in range(WARM):
        work()
    watched = cProfile.Profile()
    for _ in range(times):
        watched.runcall(work)
    pstats.Stats(watched).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    sys.exit(main())
