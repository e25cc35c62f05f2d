"""The one place where orders change: journal first, then the state, one change at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from s4s_tui.domain.errors import JournalError, JournalReplaced
from s4s_tui.domain.events import (
    ClockSet,
    IntentsChanged,
    JournalLoaded,
    JournalNoticed,
    JournalTroubled,
    OrderChanged,
    OrderGone,
)
from s4s_tui.domain.history import Happening, Intent, Outcome, Source, happenings
from s4s_tui.domain.order import Order
from s4s_tui.domain.wishes import taken_off
from s4s_tui.services.changes import further, shift, together, with_history
from s4s_tui.services.ports import Change, Clock, Journal, Store

T = TypeVar("T")

PAYEES = "payees"
"""The journal's key of the accepted payees: node keys (hex), joined by blanks."""
SAME_SETTING = 30.0
"""Seconds within which two programs notice that the clock was set."""
STARTED = "started"
"""The journal's key of its first use: Unix time as text."""


class OrderBook:
    """Changes orders, without losing one of two changes that come together, from this program or another one.

    A change is applied to the order as it stands in the journal. One that the journal cannot take is published all the
    same, for it says where money is, with a JournalTroubled beside it; it is written together with the next change or
    look at any order.
    """

    def __init__(self, store: Store, journal: Journal, clock: Clock) -> None:
        self._store = store
        self._journal = journal
        self._clock = clock
        self._lock = asyncio.Lock()
        self._unwritten: dict[str, tuple[Change, ...]] = {}
        self._anew: JournalReplaced | None = None
        """Why everything that is known is still to be written to a new file, None where it is not."""

    async def load(self) -> None:
        """Read the journal into the state: JournalLoaded, or JournalTroubled where it cannot be read."""
        try:
            memory = await self._journal.load()
        except JournalError as error:
            self._store.publish(JournalTroubled(str(error)))
            return
        first_start = STARTED not in memory.settings and not memory.orders
        trouble = memory.trouble
        if first_start and not trouble:
            try:
                await self._journal.remember(STARTED, str(int(self._clock.now())))
            except JournalError as error:
                trouble = str(error)
        payees = frozenset(memory.settings.get(PAYEES, "").split())
        self._store.publish(JournalLoaded(memory.orders, memory.intents, payees, first_start, memory.notice))
        self._store.publish(JournalTroubled(trouble))

    async def keep(self, write: Callable[[], Awaitable[T]]) -> T:
        """Do one write of another kind; where the journal had to be replaced, what is known is written anew first.

        Raises:
            JournalError: it could not be written; JournalTroubled was published.
        """
        async with self._lock:
            try:
                kept = await self._renewing(write)
            except JournalError as error:
                self._store.publish(JournalTroubled(str(error)))
                raise
            self._settled()
            return kept

    async def add(self, order: Order, intent_id: str | None) -> Order:
        """Write a fresh or found order and publish it; the order as it is known now.

        Raises:
            JournalError: it could not be written, so it is not shown. Nobody has paid it yet, so nothing is lost.
        """
        async with self._lock:
            known = self._store.state.order(order.order_id)
            lines = () if known is not None else happenings(None, order, Source.USER, self._clock.now())
            try:
                await self._renewing(lambda: self._journal.record(known or order, lines, intent_id))
            except JournalError as error:
                self._store.publish(JournalTroubled(str(error)))
                raise
            self._settled()
            self._store.publish(OrderChanged(known or order))
            return known or order

    async def restore(self, order: Order) -> Order:
        """Put an order that was taken off the list back on it, and publish it; raises JournalError."""
        change = with_history(lambda order: replace(order, removed=False), Source.USER, self._clock.now())
        stands = await self.keep(lambda: self._journal.revise(order, change)) or order
        self._store.publish(OrderChanged(stands))
        return stands

    async def update(self, order_id: str, change: Callable[[Order], Order], source: Source) -> Order | None:
        """Apply `change` to the order as it is now, keep it and publish it; the order afterwards.

        None where it is not on the list any more: taken off it while a question about it was under way.

        Nothing is written or published where nothing changes. Never raises JournalError (see the class).

        Args:
            order_id: an order of the state; an ended one that was deleted meanwhile stays deleted.
            change: pure; it may be applied again, to the order as another program left it.
            source: who made it happen.
        """
        async with self._lock:
            old = self._store.state.order(order_id)
            if old is None:
                return None
            new, at = change(old), self._clock.now()
            if new != old:
                self._unwritten[order_id] = (*self._unwritten.get(order_id, ()), with_history(change, source, at))
            kept = await self._write()
            if new == old:
                return old
            stands = kept.get(order_id, new)
            self._publish(order_id, stands)
            return stands

    async def remove(self, order_id: str, *, for_good: bool) -> None:
        """Take an order off the list that has ended or is forgotten; `for_good` deletes it, with its history.

        Raises:
            JournalError: it could not be written; the order stays.
        """
        order = self._store.state.order(order_id)
        if order is None or not order.removable:
            return
        if for_good:
            await self.keep(lambda: self._journal.forget(order_id))
            self._store.publish(OrderGone(order_id))
        else:
            await self.update(order_id, lambda order: taken_off(order, self._clock.now()), Source.USER)

    async def dismiss(self, intent: Intent) -> None:
        """Take the note of a request with an unknown outcome off the list; raises JournalError."""
        await self.keep(lambda: self._journal.conclude(intent.intent_id, Outcome.SEEN, intent.detail))
        left = tuple(known for known in self._store.state.intents if known.intent_id != intent.intent_id)
        self._store.publish(IntentsChanged(left))

    async def sync(self) -> bool:
        """Take in what other programs wrote to the journal; whether there was anything."""
        async with self._lock:
            try:
                known = [order.order_id for order in self._store.state.orders]
                news = await self._renewing(lambda: self._journal.news(known))
            except JournalError:
                return False  # said by the next write, if it lasts
            if news is None:
                return False
            for order in news.orders:
                if order != self._store.state.order(order.order_id) and order.order_id not in self._unwritten:
                    self._store.publish(OrderChanged(order))
            for order_id in news.gone:
                if order_id not in self._unwritten:
                    self._store.publish(OrderGone(order_id))
            self._store.publish(IntentsChanged(news.intents))
            return True

    async def purge(self, before: float) -> int:
        """Delete orders that ended before a moment (Unix seconds), some at a time; how many."""
        async with self._lock:
            try:
                ids = await self._renewing(lambda: self._journal.purge(before))
            except JournalError:
                return 0
        for order_id in ids:
            if self._store.state.order(order_id) is not None:
                self._store.publish(OrderGone(order_id))
        return len(ids)

    async def clock_was_set(self, seconds: float) -> None:
        """This machine's clock was set ahead by so many seconds: move the times of all open orders along, once."""
        async with self._lock:
            line = Happening(self._clock.now(), Source.CLOCK, "clock was set", f"by {seconds:+.0f} s")
            # Shown first: the clock reads the new time already, and no screen may draw the old deadlines with it.
            still = [order.order_id for order in self._store.state.orders if not order.ended]
            self._store.publish(ClockSet(seconds))
            for order_id in still:
                moved = await self._moved_by_another(order_id, line)
                if moved is not None:
                    self._store.publish(OrderChanged(moved))
                else:
                    self._unwritten[order_id] = (*self._unwritten.get(order_id, ()), shift(seconds, line))
            await self._write()

    async def _moved_by_another(self, order_id: str, line: Happening) -> Order | None:
        """The order as it stands, where another program on the journal has moved it along with the same clock."""
        try:
            lines = await self._journal.history(order_id)
            done = any(known.detail == line.detail and abs(known.at - line.at) < SAME_SETTING for known in lines)
            return await self._journal.order(order_id) if done else None
        except JournalError:
            return None  # said by the next write, if it lasts

    async def _write(self) -> dict[str, Order | None]:
        """Write what waits to be written; what was written as it stands now, None where it was deleted."""
        written: dict[str, Order | None] = {}
        for order_id, changes in list(self._unwritten.items()):
            seen = self._store.state.order(order_id)
            if seen is not None:
                try:
                    written[order_id] = await self._revise(seen, changes)
                except JournalError as error:
                    self._store.publish(JournalTroubled(str(error)))
                    return written
            del self._unwritten[order_id]
            self._settled()
        return written

    async def _revise(self, seen: Order, changes: tuple[Change, ...]) -> Order | None:
        return await self._renewing(lambda: self._journal.revise(seen, together(changes)))

    async def _renewing(self, write: Callable[[], Awaitable[T]]) -> T:
        """Ask or write; where the file turns out to be another one, fill it with what is known here first."""
        try:
            if self._anew is None:
                return await write()
        except JournalReplaced as replaced:
            self._anew = replaced
        await self._write_anew()
        self._store.publish(JournalNoticed(str(self._anew)))
        self._anew = None
        return await write()

    async def _write_anew(self) -> None:
        """Write everything that is known here; another program, or what was saved from damage, may know more."""
        state, at = self._store.state, self._clock.now()
        line = Happening(at, Source.CLOCK, "written again to a new journal")
        for order in state.orders:
            known = await self._journal.order(order.order_id)
            if known is None:
                await self._journal.record(order, [line])
            elif known != order:
                await self._journal.revise(order, further(order, line))
        for intent in state.intents:
            await self._journal.intend(intent)
        for key, value in ((STARTED, str(int(at))), (PAYEES, " ".join(sorted(state.payees)))):
            await self._journal.remember(key, value)

    def _publish(self, order_id: str, order: Order | None) -> None:
        """Show an order as it stands, or that it is no longer on the list."""
        self._store.publish(OrderGone(order_id) if order is None or order.removed else OrderChanged(order))

    def _settled(self) -> None:
        if self._store.state.journal_trouble:
            self._store.publish(JournalTroubled(""))
