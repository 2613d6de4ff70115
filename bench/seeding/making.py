"""Makes the rows of all tickets, portion by portion, in as many processes as there are processors."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from random import Random
from typing import Any

from bench.seeding import planning
from bench.seeding.crowd import Customer
from bench.seeding.findable import Index, Text
from bench.seeding.forms import Form
from bench.seeding.journeys import Desk, Writer
from bench.seeding.texts import Conversation
from firstline.promises.queries import PromiseCard

PORTION = 2500


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that decides what is made; the same order makes the same rows."""

    tickets: int
    seed: int
    now: datetime
    form: Form
    desk: Desk
    promise: PromiseCard
    still_open: frozenset[int]
    talks: dict[str, list[Conversation]]
    customers: dict[str, list[Customer]]


Put = Callable[[Mapping[str, Any]], None]


class Maker:
    """Makes portions of one order and puts them into the database; keeps the analysed texts between them."""

    def __init__(self, order: Order, put: Put) -> None:
        self._order, self._put = order, put
        self._index = Index(order.form)
        self._plans = planning.Calendar(now=order.now, promise=order.promise)

    def make(self, first: int) -> Counter[Text]:
        """The portion that begins with a number; the texts that it used."""
        order = self._order
        chance = Random(f"{order.seed}/{first}")
        portion = range(first, min(first + PORTION, order.tickets + 1))
        writer = Writer(form=order.form, index=self._index, desk=order.desk, talks=order.talks,
                        customers=order.customers, chance=chance, now=order.now, first=first)
        for plan in self._plans.plans(chance, portion, tickets=order.tickets, still_open=order.still_open):
            writer.write(plan)
        self._put({table: order.form.block(rows) for table, rows in writer.rows.items()})
        used, self._index.used = self._index.used, Counter()
        return used


_maker: dict[str, Maker] = {}


def _begin(order: Order, put: Put) -> None:
    gc.disable()  # rows make no circles, and the collector would look through them all again and again
    _maker["one"] = Maker(order, put)


def _make(first: int) -> Counter[Text]:
    return _maker["one"].make(first)


def make_all(order: Order, put: Put, *, processes: int) -> Counter[Text]:
    """All portions, over several processes where `put` may be called from each; the texts that were used."""
    firsts = range(1, order.tickets + 1, PORTION)
    used: Counter[Text] = Counter()
    if processes == 1:
        for portion in map(Maker(order, put).make, firsts):
            used.update(portion)
        return used
    with ProcessPoolExecutor(processes, get_context("fork"), _begin, (order, put)) as pool:
        for portion in pool.map(_make, firsts):
            used.update(portion)
    return used
