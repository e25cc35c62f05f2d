"""The services on their doubles, wired as the program wires them."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.services.book import OrderBook
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.finder import Finder
from s4s_tui.services.line import ReportingApi
from s4s_tui.services.orders import Orders
from s4s_tui.services.pace import Pace
from s4s_tui.services.watcher import Watcher
from tests.services.fakes import HandClock, ScriptedApi, StateStore
from tests.services.memory import HandLead, MemoryJournal, MemoryShelf


@dataclass
class Stage:
    """Everything that a test of the services looks at and turns."""

    trace: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = HandClock()
        self.api = ScriptedApi(self.clock, trace=self.trace)
        self.store = StateStore(trace=self.trace)
        self.journal = MemoryJournal(self.trace)
        self.shelf = MemoryShelf()
        self.pace = Pace(self.clock)
        self.book = OrderBook(self.store, self.journal, self.clock)
        api = ReportingApi(self.api, self.store)
        canceller = Canceller(api, self.book, self.pace, self.clock)
        self.lead = HandLead()
        self.watcher = Watcher(
            api=api,
            book=self.book,
            canceller=canceller,
            store=self.store,
            clock=self.clock,
            pace=self.pace,
            lead=self.lead,
            rng=random.Random(7),
        )
        self.finder = Finder(
            api=api,
            journal=self.journal,
            book=self.book,
            store=self.store,
            clock=self.clock,
            pace=self.pace,
            wake=self.watcher.wake,
        )
        self.orders = Orders(
            api=api,
            journal=self.journal,
            book=self.book,
            canceller=canceller,
            store=self.store,
            clock=self.clock,
            pace=self.pace,
            wake=self.watcher.wake,
        )

    def put(self, *orders: Order) -> None:
        """Orders that are known already."""
        self.store.state = AppState(orders=orders)
        self.journal.before = {order.order_id: order for order in orders}

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """The watcher runs meanwhile."""
        run = asyncio.create_task(self.watcher.run())
        try:
            await self.clock.step()
            yield
            assert not run.done(), "the watcher has ended by itself"
        finally:
            run.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await run


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a journal may be made."""
    return tmp_path / "journal.db"
