"""The one place where orders change: journal first, then the state, one change at a time."""

import asyncio
from collections.abc import Callable

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening, Source, happenings
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import JournalLoaded, JournalTroubled, OrderChanged
from s4s_tui.services.ports import Clock, Journal, Store

PAYEES = "payees"
"""The journal's key of the accepted payees: node keys (hex), joined by blanks."""
STARTED = "started"
"""The journal's key of its first use: Unix time as text."""


class OrderBook:
    """Changes orders, without losing one of two changes that come together.

    A change that the journal cannot take is published all the same, for it says where money is, with a
    JournalTroubled beside it; it is written together with the next change or look at any order.
    """

    def __init__(self, store: Store, journal: Journal, clock: Clock) -> None:
        self._store = store
        self._journal = journal
        self._clock = clock
        self._lock = asyncio.Lock()
        self._unwritten: dict[str, tuple[Order, tuple[Happening, ...]]] = {}

    async def load(self) -> None:
        """Read the journal into the state: JournalLoaded, or JournalTroubled where it cannot be read."""
        try:
            memory = await self._journal.load()
            first_start = STARTED not in memory.settings and not memory.orders
            if first_start:
                await self._journal.remember(STARTED, str(int(self._clock.now())))
        except JournalError as error:
            self._store.publish(JournalTroubled(str(error)))
            return
        payees = frozenset(memory.settings.get(PAYEES, "").split())
        self._store.publish(JournalLoaded(memory.orders, memory.intents, payees, first_start))

    async def add(self, order: Order, intent_id: str) -> Order:
        """Write a fresh order and publish it; the order as it is known now.

        Raises:
            JournalError: it could not be written, so it is not shown. Nobody has paid it yet, so nothing is lost.
        """
        async with self._lock:
            known = self._store.state.order(order.order_id)
            lines = () if known is not None else happenings(None, order, Source.USER, self._clock.now())
            try:
                await self._journal.record(known or order, lines, intent_id)
            except JournalError as error:
                self._store.publish(JournalTroubled(str(error)))
                raise
            self._settled()
            self._store.publish(OrderChanged(known or order))
            return known or order

    async def update(self, order_id: str, change: Callable[[Order], Order], source: Source) -> Order:
        """Apply `change` to the order as it is now, keep it and publish it; the order afterwards.

        Nothing is written or published where nothing changes. Never raises JournalError (see the class).

        Raises:
            KeyError: the state holds no such order.
        """
        async with self._lock:
            old = self._store.state.order(order_id)
            if old is None:
                raise KeyError(order_id)
            new = change(old)
            if new != old:
                waiting = self._unwritten.pop(order_id, (new, ()))[1]
                self._unwritten[order_id] = (new, waiting + happenings(old, new, source, self._clock.now()))
            await self._write()
            if new != old:
                self._store.publish(OrderChanged(new))
            return new

    async def _write(self) -> None:
        """Write what waits to be written."""
        for order_id, (order, lines) in list(self._unwritten.items()):
            try:
                await self._journal.record(order, lines)
            except JournalError as error:
                self._store.publish(JournalTroubled(str(error)))
                return
            del self._unwritten[order_id]
            self._settled()

    def _settled(self) -> None:
        if self._store.state.journal_trouble:
            self._store.publish(JournalTroubled(""))
