"""What a cell of the matrix stands on: a sandbox over real HTTP, and a program with its journal on disk before it."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from s4s_tui.api.client import Client
from s4s_tui.domain.events import Event, LinkReported
from s4s_tui.domain.order import Order
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import AppState
from s4s_tui.sandbox import Sandbox, SandboxOptions, Style
from s4s_tui.sandbox.earlier import Earlier
from s4s_tui.sandbox.faults import Fault, FaultBox
from s4s_tui.sandbox.orders import SandboxOrder
from s4s_tui.sandbox.receiving import ReceiveOrder
from s4s_tui.services import ports
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.services.bundle import Services
from s4s_tui.services.journal import SqliteJournal
from tests.services.fakes import HandClock, StateStore
from tests.services.memory import HandKeys
from tests.services.outside import outside

KEY = "the-key-of-the-matrix"
CODE = "048010"
NUMBER_AFTER, CODE_AFTER, SENT_AFTER, DELIVERED_AFTER = 10.0, 400.0, 5.0, 10.0
MAKING = ("/createorder", "/createsendorder", "/createemailsendorder", "/fund")
"""The endpoints that make an order."""
STEP, DEADLINE = 0.06, 0.12
"""Seconds that the impatient client waits for a step, and for a whole exchange."""
NO_HANG = 10.0
"""Seconds within which anything must have ended, on a busy machine."""
COUNTRIES = builtin_countries()


class Box(FaultBox):
    """The faults, and what was asked for; `hits` counts the requests that a fault met."""

    def __init__(self, seed: int | None) -> None:
        super().__init__(seed=seed)
        self.asked: Counter[str] = Counter()
        self.hits = 0

    def decide(self, path: str) -> Fault | None:
        self.asked[path] += 1
        fault = super().decide(path)
        self.hits += fault is not None
        return fault

    def forget(self) -> None:
        self.clear()
        self.earlier = Earlier()
        self.asked.clear()
        self.hits = 0

    @property
    def made(self) -> int:
        """Requests that make an order."""
        return sum(self.asked[path] for path in MAKING)


class Ground:
    """A sandbox that serves many cells one after the other, each with a clock of its own."""

    def __init__(self, style: Style = "docs", options: SandboxOptions | None = None) -> None:
        self.clock = HandClock()
        if options is None:
            options = SandboxOptions(
                style=style,
                number_after=NUMBER_AFTER,
                code_after=CODE_AFTER,
                code=CODE,
                sent_after=SENT_AFTER,
                delivered_after=DELIVERED_AFTER,
                seed=7,
                keys={KEY: 1_000_000},
            )
        self.box = Box(options.seed)
        self.sandbox = Sandbox(options, now=lambda: self.clock.wall, faults=self.box)
        self.sandbox.start()

    @property
    def orders(self) -> dict[str, SandboxOrder]:
        """What the sandbox knows, by id."""
        return self.sandbox._book._orders

    def begin(self, wall: float, orders: dict[str, SandboxOrder]) -> None:
        """From now on it is this time, and these are the orders."""
        self.clock = HandClock()
        self.clock.wall = wall
        self.box.forget()
        self.sandbox._book._orders = dict(orders)

    def never_delivers(self, order_id: str) -> None:
        """The code of an order will not come."""
        order = self.orders[order_id]
        assert isinstance(order, ReceiveOrder)
        silent = replace(order, plan=replace(order.plan, code_after=None))
        self.sandbox._book._orders = {**self.orders, order_id: silent}


class Switch:
    """The real client: a patient one, or one that gives up soon."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._hurried: dict[int, Client] = {}
        self.patient = Client(url, user_agent="s4s-tui/test", timeout=NO_HANG, deadline=NO_HANG)
        self.now = self.patient

    def __getattr__(self, name: str) -> Any:
        return getattr(self.now, name)

    @contextmanager
    def in_a_hurry(self, hurry: bool, patience: int = 1) -> Iterator[None]:
        """Give up soon, while inside; `patience` times as late as usual."""
        self.now = self._hurrying(patience) if hurry else self.patient
        try:
            yield
        finally:
            self.now = self.patient

    def _hurrying(self, patience: int) -> Client:
        if patience not in self._hurried:
            step, deadline = STEP * patience, DEADLINE * patience
            self._hurried[patience] = Client(self._url, user_agent="s4s-tui/test", timeout=step, deadline=deadline)
        return self._hurried[patience]

    async def close(self) -> None:
        for client in (self.patient, *self._hurried.values()):
            await client.close()


class Store:
    """The state, of its own or the screens', and how often the line to the server was reported."""

    def __init__(self, screens: ports.Store | None) -> None:
        self._store: ports.Store = StateStore() if screens is None else screens
        self.reports = 0

    @property
    def state(self) -> AppState:
        return self._store.state

    def publish(self, event: Event) -> None:
        self._store.publish(event)
        self.reports += isinstance(event, LinkReported)


class Program:
    """The services of one program; its journal is a copy of `template`; `screens` hold the state of a real app."""

    def __init__(
        self, ground: Ground, api: Switch, path: Path, template: Path | None, screens: ports.Store | None = None
    ) -> None:
        if template is not None:
            shutil.copyfile(template, path)
        self.ground, self.api, self.path = ground, api, path
        self.clock, self.box, self.sandbox = ground.clock, ground.box, ground.sandbox
        self.store = Store(screens)
        self.journal = SqliteJournal(path, now=self.clock.now)
        self.services = Services(
            outside(
                api,
                self.journal,
                self.store,
                self.clock,
                keys=HandKeys(Secret(KEY)),
                builtin=COUNTRIES,
                folder=path.parent,
            )
        )

    @property
    def orders(self) -> Any:
        return self.services.orders

    def order(self, order_id: str) -> Order:
        order = self.store.state.order(order_id)
        assert order is not None, f"no order {order_id}"
        return order

    async def passes(self, seconds: float) -> None:
        """Time passes, for the program and the sandbox."""
        await self.clock.step(seconds)

    async def looks(self, order_id: str) -> None:
        """Ask about an order; this must go well."""
        assert not await self.orders.look(order_id)

    async def until(self, happened: Any, *, ticks: float = 0.0) -> None:
        """Wait for what comes over the wire; with `ticks` the clock goes on meanwhile. Fails where it does not come."""
        async with asyncio.timeout(NO_HANG):
            while not happened():
                if ticks:
                    await self.clock.step(ticks)
                await asyncio.sleep(0.001)

    async def watches(self, happened: Any, *, ticks: float = 0.0) -> None:
        """Let the watcher work until something has happened and nothing is under way."""
        watcher = self.services.watcher
        run = asyncio.create_task(watcher.run())
        try:
            await self.until(lambda: run.done() or happened(), ticks=ticks)
            await self.until(lambda: run.done() or not any(watch.asking for watch in watcher._watches.values()))
        finally:
            run.cancel()
            ended = (await asyncio.gather(run, return_exceptions=True))[0]
        if isinstance(ended, Exception):
            raise ended


@asynccontextmanager
async def program(ground: Ground, api: Switch, path: Path, template: Path | None = None) -> AsyncIterator[Program]:
    """A program from its start to its end; it leaves no file."""
    running = Program(ground, api, path, template)
    try:
        await running.services.book.load()
        yield running
    finally:
        await running.journal.close()
        for file in path.parent.glob(path.name + "*"):
            file.unlink()
