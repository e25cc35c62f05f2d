"""Many orders on a clock that jumps: a day of the watcher in minutes, every request noted with its time."""

import asyncio
import gc
import random
import selectors
import sys
from array import array
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, TypeVar

from s4s_tui.domain.account import Deposits
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import Refused, TimedOut
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Created, Order, OrderReply
from s4s_tui.domain.reduce import reduce
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import AppState
from s4s_tui.services import rhythm
from s4s_tui.services.bundle import Services
from s4s_tui.services.watcher import Watcher
from tests.services.crew import HOUR, Fate, crew
from tests.services.fakes import START
from tests.services.memory import MemoryJournal
from tests.services.outside import outside

T = TypeVar("T")

LATENCY: Final = 0.15
"""Seconds that the server takes for an answer."""


class _Jumping(selectors.DefaultSelector):
    """A selector that does not wait: time jumps to the next thing that happens."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everything waits for something that never happens"
            self.now += max(0.0, timeout)
        return ready


class JumpLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds take no time."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def on_jumping_clock(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` to its end, on a loop of its own."""
    loop = JumpLoop()
    try:
        return loop.run_until_complete(_awaited(work))
    finally:
        loop.close()


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


class JumpClock:
    """`ports.Clock` on a `JumpLoop`."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ahead = START - self._loop.time()

    def now(self) -> float:
        return self._loop.time() + self._ahead

    def monotonic(self) -> float:
        return self._loop.time()

    def boot(self) -> float:
        return self._loop.time()

    def was_set(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Forgetful(MemoryJournal):
    """A journal that keeps the orders and no history, so that nothing grows but what the program keeps."""

    def _enter(self, what: str) -> None:
        """Nothing is noted."""

    async def revise(self, seen: Order, change: Any) -> Order | None:
        order: Order = change(self.orders.get(seen.order_id, seen))[0]
        self.orders[order.order_id] = order
        return order


class Store:
    """The state, without a memory of how it came about."""

    def __init__(self, *orders: Order) -> None:
        self.state = AppState(orders=orders)

    def publish(self, event: Any) -> None:
        self.state = reduce(self.state, event)


@dataclass
class Fleet:
    """A server for many orders, which each have their fate; one question in fifty is not answered."""

    clock: JumpClock
    rng: random.Random
    fates: dict[str, Fate] = field(default_factory=dict)
    asked: "dict[str, array[float]]" = field(default_factory=lambda: defaultdict(lambda: array("d")))
    """By order when it was asked about."""
    requests: "array[float]" = field(default_factory=lambda: array("d"))
    """When anything was asked for. Both are arrays, so that they do not count as memory of the program."""
    cancelled: set[str] = field(default_factory=set)

    async def order_status(self, order_id: str) -> OrderReply:
        now = self._note()
        self.asked[order_id].append(now)
        await self.clock.sleep(LATENCY)
        if self.rng.random() < 0.02:
            raise TimedOut("The server did not answer in time.")
        fate = self.fates[order_id]
        if order_id in self.cancelled or now >= min(fate.back_at, fate.expires_at):
            return OrderReply(paid=now >= fate.paid_at, error="Your funds are returned.")
        return OrderReply(
            paid=now >= fate.paid_at,
            number="4915112345678" if now >= fate.number_at else None,
            code="048010" if now >= fate.code_at else None,
        )

    async def cancel_order(self, order_id: str) -> None:
        self._note()
        await self.clock.sleep(LATENCY)
        if self.rng.random() < 0.2:
            raise Refused("unable to save data", http_status=500)
        self.cancelled.add(order_id)

    async def create_order(self, draft: Draft, key: Secret | None = None) -> Created:
        raise AssertionError(f"nobody orders {draft.service_name} ({key})")

    async def balance(self, key: Secret) -> int:
        raise AssertionError(f"nobody asks for the balance ({key})")

    async def deposits(self, key: Secret) -> Deposits:
        raise AssertionError(f"nobody asks for the history ({key})")

    async def rental_offers(self, service: str = "full") -> Any:
        raise AssertionError(f"nobody asks for rentals ({service})")

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        raise AssertionError(f"nobody asks for the price of {service} in {country}")

    async def services(self, country: int) -> Any:
        raise AssertionError(f"nobody asks for the services of {country}")

    async def countries(self) -> Any:
        raise AssertionError("nobody asks for the countries")

    def _note(self) -> float:
        self.requests.append(self.clock.monotonic())
        return self.clock.now()


@dataclass
class Voyage:
    """What was seen on the way."""

    requests: "array[float]"
    asked: "dict[str, array[float]]"
    orders: tuple[Order, ...]
    longest: dict[str, float]
    """Seconds by which a question came later than it was due, at the most: of orders near a deadline, and of others."""
    memory: list[int]
    """Blocks of memory that Python held, at each look; arrays count as one."""

    @property
    def shortest_gap(self) -> float:
        """Seconds between two requests, at the least."""
        return min(later - earlier for earlier, later in pairwise(self.requests))


async def voyage(count: int, hours: float, seed: int = 7, *, every: float = HOUR) -> Voyage:
    """Follow `count` orders for so many hours; the memory is looked at `every` so many seconds."""
    rng, clock = random.Random(seed), JumpClock()
    fleet = Fleet(clock, rng)
    orders = []
    for order, fate in crew(rng, count, hours):
        orders.append(order)
        fleet.fates[order.order_id] = fate
    store, journal = Store(*orders), Forgetful()
    journal.orders = {order.order_id: order for order in orders}
    watcher = Services(outside(fleet, journal, store, clock, rng=rng)).watcher
    lateness = _Lateness(watcher, clock)
    run = asyncio.create_task(watcher.run())
    memory = []
    try:
        for _ in range(round(hours * HOUR / every)):
            await asyncio.sleep(every)
            assert not run.done(), run
            gc.collect()
            memory.append(sys.getallocatedblocks())
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    return Voyage(fleet.requests, fleet.asked, store.state.orders, lateness.longest, memory)


class _Lateness:
    """Watches at which moment of its turn each order was asked about."""

    def __init__(self, watcher: Watcher, clock: JumpClock) -> None:
        self.longest = {"near a deadline": 0.0, "held": 0.0, "other": 0.0}
        ask = watcher._ask

        async def noted(order_id: str) -> None:
            order = watcher._store.state.order(order_id)
            assert order is not None
            since, now = watcher._watches[order_id].due, clock.now()
            kind = "held" if order.money_held else "other"
            if rhythm.deadline_near(order, now):
                kind = "near a deadline"
                since = max(since, clock.monotonic() - (now - _near_since(order, now)))
            self.longest[kind] = max(self.longest[kind], clock.monotonic() - since)
            await ask(order_id)

        watcher._ask = noted  # type: ignore[method-assign]  # the one way to see its turn from outside


def _near_since(order: Order, now: float) -> float:
    """When the deadline that is near began to be near."""
    at = now
    while rhythm.deadline_near(order, at - 1):
        at -= 1
    return at
