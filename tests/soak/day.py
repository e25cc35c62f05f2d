"""A day that takes a minute: real HTTP and a real disk, on a clock that goes on whenever nothing is under way."""

import asyncio
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from s4s_tui.api.client import Client
from s4s_tui.sandbox import SandboxOptions
from s4s_tui.sandbox.faults import Fault
from tests.matrix import judge
from tests.matrix.faults import FAULTS, OF_INVOICES, OF_STATES, STATUS
from tests.matrix.ground import KEY, MAKING, Ground, Program
from tests.services.fakes import HandClock
from tests.services.fleet import Store

HOUR: Final = 3600.0
RATE: Final = 0.1
"""The share of requests that a fault hits."""
HANGING: Final = 0.03
"""Seconds after which what is under way no longer keeps the day from going on."""
JUST: Final = 300.0
"""Seconds in which a payment may not be known yet: what waits for hours is asked about once a minute."""
ELSEWHERE: Final = "https://elsewhere.invalid/"
STEP, DEADLINE = 0.12, 0.25
"""Seconds that the client waits for a step, and for a whole exchange."""


class Traffic:
    """How many requests and writes are under way."""

    def __init__(self) -> None:
        self.under_way = 0

    def counted(self, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counting(*args: Any, **named: Any) -> Any:
            self.under_way += 1
            try:
                return await work(*args, **named)
            finally:
                self.under_way -= 1

        return counting


class CountedClient:
    """The real client, every request of which is counted."""

    def __init__(self, client: Client, traffic: Traffic) -> None:
        self._client, self._traffic = client, traffic

    def __getattr__(self, name: str) -> Any:
        return self._traffic.counted(getattr(self._client, name))


class DayClock(HandClock):
    """A clock that waits for what is under way, though not long for what hangs."""

    def __init__(self, traffic: Traffic) -> None:
        super().__init__()
        self._traffic = traffic

    async def settle(self) -> None:
        await self._settle(time.monotonic() + HANGING)

    async def rest(self) -> None:
        """Until nothing at all is under way."""
        await self._settle(time.monotonic() + 10 * DEADLINE)
        assert not self._traffic.under_way, "something hangs"

    async def _settle(self, until: float) -> None:
        while True:
            await super().settle()
            if not self._traffic.under_way or time.monotonic() > until:
                return
            await asyncio.sleep(0.0005)


@dataclass(frozen=True)
class Size:
    """How large the process is: blocks of memory that Python holds, and open file handles, at an hour of the day."""

    hour: float
    blocks: int
    handles: int


@dataclass
class Day:
    """A program on a faulty server for a day, and what was seen of both."""

    program: Program
    client: Client
    clock: DayClock
    asked_for: Counter[str] = field(default_factory=Counter)
    """What the people asked for, by how that ended."""
    sizes: list[Size] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def ground(self) -> Ground:
        return self.program.ground

    @property
    def hour(self) -> float:
        return (self.clock.mono - 1000.0) / HOUR

    async def passes(self, until_hour: float) -> None:
        """Let the day go on to this hour; once an hour everything said is judged, and the process is measured."""
        while self.hour < until_hour:
            await self.clock.step(min(60.0, (until_hour - self.hour) * HOUR))
            if self.hour >= len(self.sizes) + 1:
                await self.look()

    async def sleepless_night(self, until_hour: float) -> None:
        """Nobody orders; somebody presses F5 every minute, so that as much is asked as by day."""
        while self.hour < until_hour:
            self.program.services.watcher.poll_now()
            await self.passes(self.hour + 1 / 60)

    async def look(self) -> None:
        await self.clock.rest()
        self.findings += [
            f"hour {self.hour:.1f}: {finding}" for finding in judge.of_the_state(self.program, just_paid=JUST)
        ]
        gc.collect()
        handles = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 -- not a folder: a count
        self.sizes.append(Size(round(self.hour, 1), sys.getallocatedblocks(), handles))

    async def close(self) -> None:
        await self.program.journal.close()
        await self.client.close()


def begun(folder: Path, seed: int) -> Day:
    """The program at the beginning of the day, on a server without faults."""
    ground = Ground(options=SandboxOptions(seed=seed, keys={KEY: 1_000_000}))
    traffic = Traffic()
    clock = DayClock(traffic)
    ground.clock = clock
    client = Client(ground.sandbox.url, user_agent="s4s-tui/test", timeout=STEP, deadline=DEADLINE)
    api: Any = CountedClient(client, traffic)
    program = Program(ground, api, folder / "journal.db", None, screens=Store())
    on_thread = traffic.counted(program.journal._on_thread)
    program.journal._on_thread = on_thread  # type: ignore[assignment]  # the one way to see its writes from outside
    return Day(program, client, clock)


def let_loose(ground: Ground) -> None:
    """From now on a fault of any kind hits one request in ten."""
    for fault in _faults():
        ground.box.add(fault)


def _faults() -> Iterator[Fault]:
    """Each with such a rate that together they hit `RATE` of the requests; those of one endpoint come on top."""
    one = 1 - (1 - RATE) ** (1 / len(FAULTS))
    for fault in FAULTS.values():
        yield replace(fault, rate=one, to=ELSEWHERE)
    for fault in OF_STATES.values():
        yield replace(fault, rate=one, endpoint=STATUS)
    for endpoint in MAKING:
        for fault in OF_INVOICES.values():
            yield replace(fault, rate=one, endpoint=endpoint)
