"""Doubles of what is on the disk: the journal, the shelf of lists, and who of several programs asks the server."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.errors import ApiKeyError, JournalError, JournalReplaced
from s4s_tui.domain.history import Happening, Intent, Outcome
from s4s_tui.domain.order import Order
from s4s_tui.domain.secret import Secret
from s4s_tui.services.ports import Change, Kept, Memory, News

if TYPE_CHECKING:
    import asyncio


class MemoryJournal:
    """A journal without a disk; `trouble` makes every call fail. What another program writes is put into `others`."""

    def __init__(self, trace: list[str] | None = None) -> None:
        self.memory = Memory(orders=(), intents=(), settings={})
        self.before: dict[str, Order] = {}
        """Orders that were written before the test began."""
        self.orders: dict[str, Order] = {}
        self.lines: dict[str, list[Happening]] = defaultdict(list)
        self.intents: dict[str, Intent] = {}
        self.settings: dict[str, str] = {}
        self.others: list[News] = []
        self.trouble = ""
        self.damaged = False
        self._trace = [] if trace is None else trace

    def _enter(self, what: str) -> None:
        self._trace.append(what)
        if self.trouble:
            raise JournalError(self.trouble)
        if self.damaged:
            self.damaged = False
            self.orders, self.intents, self.settings = {}, {}, {}
            raise JournalReplaced("The journal was damaged. It was set aside.")

    async def load(self) -> Memory:
        self._enter("load")
        return self.memory

    async def intend(self, intent: Intent) -> None:
        self._enter("intend")
        self.intents[intent.intent_id] = intent

    async def conclude(self, intent_id: str, outcome: Outcome, detail: str) -> None:
        self._enter("conclude")
        if intent_id in self.intents:
            self.intents[intent_id] = replace(self.intents[intent_id], outcome=outcome, detail=detail)

    async def record(self, order: Order, lines: Sequence[Happening], intent_id: str | None = None) -> None:
        self._enter("record")
        self.orders[order.order_id] = order
        self.lines[order.order_id].extend(lines)
        if intent_id is not None:
            await self.conclude(intent_id, Outcome.MADE, order.order_id)

    async def revise(self, seen: Order, change: Change) -> Order | None:
        self._enter("record")
        order, lines = change(self.orders.get(seen.order_id) or self.before.get(seen.order_id, seen))
        self.orders[order.order_id] = order
        self.lines[order.order_id].extend(lines)
        return order

    async def order(self, order_id: str) -> Order | None:
        self._enter("order")
        return self.orders.get(order_id)

    async def history(self, order_id: str) -> tuple[Happening, ...]:
        self._enter("history")
        return tuple(self.lines[order_id])

    async def news(self, known: Iterable[str]) -> News | None:
        self._enter("news")
        return self.others.pop(0) if self.others and list(known) is not None else None

    async def forget(self, order_id: str) -> None:
        self._enter("forget")
        self.orders.pop(order_id, None)
        self.lines.pop(order_id, None)

    async def purge(self, before: float) -> tuple[str, ...]:
        self._enter("purge")
        old = [key for key, order in self.orders.items() if order.ended and (order.ended_at or 0.0) < before]
        for order_id in old:
            del self.orders[order_id]
        return tuple(old)

    async def remember(self, key: str, value: str) -> None:
        self._enter("remember")
        self.settings[key] = value

    async def recall(self, key: str) -> str:
        self._enter("recall")
        return self.settings.get(key, "")

    async def close(self) -> None:
        self._enter("close")

    def whats(self, order_id: str = "a") -> list[str]:
        """The short names of what happened to an order."""
        return [line.what for line in self.lines[order_id]]


class HandLead:
    """Whether this program asks the server: as the test says."""

    def __init__(self) -> None:
        self.mine = True

    def leads(self, monotonic: float) -> bool:
        return self.mine and monotonic >= 0

    def release(self) -> None:
        self.mine = False


class MemoryShelf:
    """A shelf without a disk; `slow` is waited for by every look at it."""

    def __init__(self) -> None:
        self.lists: dict[int, Kept] = {}
        self.asked: list[int] = []
        self.slow: asyncio.Future[None] | None = None

    async def get(self, country: int) -> Kept | None:
        self.asked.append(country)
        if self.slow is not None:
            await self.slow
        return self.lists.get(country)

    async def put(self, country: int, rows: Sequence[Service], price: int | None, at: float) -> None:
        self.lists[country] = Kept(tuple(rows), price, at)


class HandKeys:
    """An API key as the test says; `trouble` makes every call fail."""

    def __init__(self, key: Secret | None = None) -> None:
        self.key = key
        self.kept: KeyPlace | None = None
        self.trouble = ""
        self.asked = 0

    async def get(self) -> Secret | None:
        self.asked += 1
        self._enter()
        return self.key

    async def put(self, key: Secret, place: KeyPlace) -> None:
        self._enter()
        self.key, self.kept = key, place

    async def remove(self) -> None:
        self._enter()
        self.key = self.kept = None

    async def close(self) -> None:
        return

    def origin(self) -> str:
        return "none" if self.key is None else "from the test"

    def choices(self) -> tuple[KeyPlace, ...]:
        return (KeyPlace.FILE, KeyPlace.RUN)

    def _enter(self) -> None:
        if self.trouble:
            raise ApiKeyError(self.trouble)
