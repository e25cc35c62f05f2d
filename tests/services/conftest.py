"""The services on their doubles, wired as the program wires them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.services.bundle import Services
from tests.services.fakes import HandClock, ScriptedApi, StateStore
from tests.services.memory import HandKeys, HandLead, MemoryJournal, MemoryShelf
from tests.services.outside import outside


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
        self.keys = HandKeys()
        self.lead = HandLead()
        doubles = outside(
            self.api, self.journal, self.store, self.clock, shelf=self.shelf, keys=self.keys, lead=self.lead
        )
        services = Services(doubles)
        self.pace = services.pace
        self.book = services.book
        self.watcher = services.watcher
        self.finder = services.finder
        self.orders = services.orders
        self.account = services.account

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
