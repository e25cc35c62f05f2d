"""One loop that follows every order that has not ended, whatever screen is shown.

Of several programs on one journal one asks the server (`Lead`); the others read its answers in the journal. Waits are
on the monotonic clock, deadlines on the wall clock; a machine that slept, or a program that was stopped, is noticed by
a rest that took longer than it should, and then every order is asked about at once.
"""

import asyncio
import random
from dataclasses import dataclass
from typing import Final

from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.history import Source
from s4s_tui.domain.life import after_refusal, clock
from s4s_tui.domain.order import Order, Status
from s4s_tui.services import rhythm
from s4s_tui.services.asker import Asker
from s4s_tui.services.book import OrderBook
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Clock, Lead, Store

AT_ONCE: Final = 4
"""Questions under way at the same time at the most, so that a slow one does not hold up the others."""
CANCEL_TRIES: Final = 5
"""How often the cancellation of an order given up is sent in one run of the program; then it is only followed."""
CANCEL_GAP: Final = 60.0
"""Seconds between two of those tries."""
LOOK: Final = 5.0
"""Seconds between two looks at the clocks, at the most, while an order is followed."""
SLEPT: Final = 5.0
"""Seconds by which a rest may be too long before the machine counts as having slept."""


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
        asker: Asker,
        book: OrderBook,
        canceller: Canceller,
        store: Store,
        clock: Clock,
        pace: Pace,
        lead: Lead,
        rng: random.Random,
    ) -> None:
        self._lead = lead
        self._asker = asker
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
        if seconds := self._clock.was_set():
            await self._book.clock_was_set(seconds)
        now = self._clock.now()
        for order in self._followed():
            if clock(order, now) is not order:
                await self._book.update(order.order_id, lambda order: clock(order, now), Source.CLOCK)

    def _ask_next(self, questions: asyncio.TaskGroup) -> float | None:
        """Ask about the order whose turn it is; seconds until something is to be done, None for nothing in sight."""
        orders = self._followed()
        self._keep_watches(orders)
        now = self._clock.monotonic()
        waiting = [order for order in orders if not self._watches[order.order_id].asking]
        due = [order for order in waiting if self._watches[order.order_id].due <= now]
        asking = len(orders) - len(waiting)
        if not orders or not self._lead.leads(now):
            return LOOK if orders else None
        if due and asking < AT_ONCE and self._pace.delay() == 0:
            order = min(due, key=self._rank)
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
        return min(waits, default=LOOK)

    def _rank(self, order: Order) -> float:
        return rhythm.rank(order, self._watches[order.order_id].due, self._clock.now())

    def _followed(self) -> tuple[Order, ...]:
        now = self._clock.now()
        return tuple(order for order in self._store.state.orders if rhythm.followed(order, now))

    def _keep_watches(self, orders: tuple[Order, ...]) -> None:
        """A watch for every followed order, due at once where it is new, and for no other."""
        now = self._clock.monotonic()
        self._watches = {
            order.order_id: self._watches.get(order.order_id) or _Watch(due=now) for order in reversed(orders)
        }

    async def _rest(self, seconds: float | None) -> None:
        """Wait for so long, though no longer than a look, or for news; without a time only for news."""
        wait = None if seconds is None else min(seconds, LOOK)
        alarm = None if wait is None else asyncio.create_task(self._ring(wait))
        begun = self._clock.boot()
        try:
            await self._news.wait()
        finally:
            if alarm is not None:
                alarm.cancel()
        self._news.clear()
        if wait is not None and self._clock.boot() - begun > wait + SLEPT:
            self.poll_now()

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
        asked = self._store.state.order(order_id)
        if asked is None:
            return LOOK
        try:
            change = await self._asker.ask(asked)
        except ApiError as error:
            return await self._failed(order_id, watch, error)
        watch.failures = 0
        order = await self._book.update(order_id, change, Source.SERVER)
        if order is not None and self._cancellable(order, watch):
            order = await self._cancel(order, watch)
        return LOOK if order is None else rhythm.interval(order, self._clock.now())

    async def _failed(self, order_id: str, watch: _Watch, error: ApiError) -> float:
        """An error changes nothing about the order, unless it says that the server does not know it."""
        self._pace.heed(error)
        watch.failures += 1
        order = await self._book.update(order_id, lambda order: self._after(order, error), Source.SERVER)
        if order is not None and isinstance(error, Refused) and self._cancellable(order, watch):
            # A server that refuses the status may still take the cancellation, which is what the person wants.
            order = await self._cancel(order, watch)
        return LOOK if order is None else rhythm.back_off(order, watch.failures, self._clock.now(), self._rng)

    def _after(self, order: Order, error: ApiError) -> Order:
        if not isinstance(error, Refused):
            return order
        return after_refusal(order, str(error), error.http_status, self._clock.now())

    def _cancellable(self, order: Order, watch: _Watch) -> bool:
        open_now = order.cancellable and self._clock.now() >= order.cancel_opens_at
        if rhythm.armed(order):
            return open_now
        rested = self._clock.monotonic() - watch.tried_at >= CANCEL_GAP
        return rhythm.given_up(order) and open_now and rested and watch.tries < CANCEL_TRIES

    async def _cancel(self, order: Order, watch: _Watch) -> Order:
        """Have the server cancel an order given up or armed, if it still is; the order afterwards."""
        watch.tries += 1
        watch.tried_at = self._clock.monotonic()
        await self._pace.slot()
        await self._canceller.request(order.order_id, rhythm.armed if rhythm.armed(order) else rhythm.given_up)
        return self._store.state.order(order.order_id) or order
