"""One loop that follows every order that has not ended, whatever screen is shown."""

import asyncio
import random
from dataclasses import dataclass
from typing import Final

from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.history import Source
from s4s_tui.domain.order import Order, Status, advance, clock, refused
from s4s_tui.services import rhythm
from s4s_tui.services.book import OrderBook
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Store

AT_ONCE: Final = 4
"""Questions under way at the same time at the most, so that a slow one does not hold up the others."""
CANCEL_TRIES: Final = 5
"""How often the cancellation of an order given up is sent in one run of the program; then it is only followed."""
CANCEL_GAP: Final = 60.0
"""Seconds between two of those tries."""


@dataclass(slots=True)
class _Watch:
    """What the loop knows of one order; times on the monotonic clock, in seconds."""

    due: float
    asking: bool = False
    again: bool = False  # woken while a question was under way: its answer may be from before the reason to ask
    failures: int = 0
    tries: int = 0
    tried_at: float = float("-inf")


class Watcher:
    """Asks about orders when they are due, backs off, honours pauses, and lets time pass for them."""

    def __init__(
        self,
        *,
        api: Api,
        book: OrderBook,
        canceller: Canceller,
        store: Store,
        clock: Clock,
        pace: Pace,
        rng: random.Random,
    ) -> None:
        self._api = api
        self._book = book
        self._canceller = canceller
        self._store = store
        self._clock = clock
        self._pace = pace
        self._rng = rng
        self._watches: dict[str, _Watch] = {}
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Follow the orders of the state; returns only by being cancelled."""
        async with asyncio.TaskGroup() as questions:
            while True:
                await self._let_time_pass()
                wait = self._ask_next(questions)
                if wait != 0:
                    await self._rest(wait)

    def wake(self, order_id: str | None = None) -> None:
        """Look at the orders again, for there may be new ones; ask about `order_id` at once."""
        watch = self._watches.get(order_id or "")
        if watch is not None:
            watch.due, watch.again = self._clock.monotonic(), watch.asking
        self._news.set()

    def poll_now(self) -> None:
        """Ask about every order at once, as fast as the pace allows (after a suspended laptop, F5)."""
        for order_id in self._watches:
            self.wake(order_id)
        self._news.set()

    async def _let_time_pass(self) -> None:
        """Apply deadlines that are over, server or no server: after 21 minutes the money's state is unknown."""
        now = self._clock.now()
        for order in self._followed():
            if clock(order, now) != order:
                await self._book.update(order.order_id, lambda order: clock(order, now), Source.CLOCK)

    def _ask_next(self, questions: asyncio.TaskGroup) -> float | None:
        """Ask about the order whose turn it is; seconds until something is to be done, None for nothing in sight."""
        orders = self._followed()
        self._keep_watches(orders)
        now = self._clock.monotonic()
        waiting = [order for order in orders if not self._watches[order.order_id].asking]
        due = [order for order in waiting if self._watches[order.order_id].due <= now]
        asking = len(orders) - len(waiting)
        if due and asking < AT_ONCE and self._pace.delay() == 0:
            order = min(due, key=lambda order: rhythm.rank(order, self._watches[order.order_id].due))
            self._watches[order.order_id].asking = True
            self._pace.note()
            questions.create_task(self._ask(order.order_id))
            return 0
        return self._until_next(orders, waiting, full=asking >= AT_ONCE)

    def _until_next(self, orders: tuple[Order, ...], waiting: list[Order], *, full: bool) -> float | None:
        now, mono = self._clock.now(), self._clock.monotonic()
        waits = [
            order.money_back_at - now
            for order in orders
            if order.money_back_at is not None and order.money_held and order.status is not Status.UNKNOWN
        ]
        if waiting and not full:  # where it is full, the end of a question is the next thing
            due = min(self._watches[order.order_id].due for order in waiting)
            waits.append(max(due - mono, self._pace.delay()))
        return min(waits, default=None)

    def _followed(self) -> tuple[Order, ...]:
        return tuple(order for order in self._store.state.orders if not order.ended)

    def _keep_watches(self, orders: tuple[Order, ...]) -> None:
        """A watch for every followed order, due at once where it is new, and for no other."""
        now = self._clock.monotonic()
        self._watches = {
            order.order_id: self._watches.get(order.order_id) or _Watch(due=now) for order in reversed(orders)
        }

    async def _rest(self, seconds: float | None) -> None:
        """Wait for so long, or for news; without a time only for news."""
        alarm = None if seconds is None else asyncio.create_task(self._ring(seconds))
        try:
            await self._news.wait()
        finally:
            if alarm is not None:
                alarm.cancel()
        self._news.clear()

    async def _ring(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._news.set()

    async def _ask(self, order_id: str) -> None:
        watch = self._watches[order_id]
        try:
            wait = await self._asked(order_id, watch)
        finally:
            watch.asking = False
            self._news.set()
        if not watch.again:
            watch.due = self._clock.monotonic() + wait
        watch.again = False

    async def _asked(self, order_id: str, watch: _Watch) -> float:
        """Ask once and keep what is said; seconds until the next question."""
        try:
            reply = await self._api.order_status(order_id)
        except ApiError as error:
            return await self._failed(order_id, watch, error)
        watch.failures = 0
        order = await self._book.update(order_id, lambda order: advance(order, reply, self._clock.now()), Source.SERVER)
        if self._cancellable(order, watch):
            order = await self._cancel(order, watch)
        return rhythm.interval(order, self._clock.now())

    async def _failed(self, order_id: str, watch: _Watch, error: ApiError) -> float:
        """An error changes nothing about the order; a refusal is noted on it."""
        self._pace.heed(error)
        watch.failures += 1
        order = await self._book.update(
            order_id, lambda order: refused(order, str(error)) if isinstance(error, Refused) else order, Source.SERVER
        )
        return rhythm.back_off(order, watch.failures, self._clock.now(), self._rng)

    def _cancellable(self, order: Order, watch: _Watch) -> bool:
        open_now = rhythm.given_up(order) and self._clock.now() >= order.cancel_opens_at
        rested = self._clock.monotonic() - watch.tried_at >= CANCEL_GAP
        return open_now and rested and watch.tries < CANCEL_TRIES

    async def _cancel(self, order: Order, watch: _Watch) -> Order:
        """Have the server cancel an order given up; the order afterwards."""
        watch.tries += 1
        watch.tried_at = self._clock.monotonic()
        await self._pace.slot()
        await self._canceller.request(order.order_id, rhythm.given_up)
        return self._store.state.order(order.order_id) or order
