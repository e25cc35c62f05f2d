"""Two programs that follow the same orders: one of them asks, whatever becomes of the other one."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.order import OrderReply, Status
from s4s_tui.services.bundle import Services
from s4s_tui.services.lead import SILENT, FileLead
from s4s_tui.services.watcher import LOOK
from tests.services.fakes import HandClock, ScriptedApi, StateStore, held
from tests.services.memory import MemoryJournal
from tests.services.outside import outside

NUMBERED = OrderReply(paid=True, number="4915112345678")


class Program:
    """What follows orders in one program; both have the clock and the server in common."""

    def __init__(self, clock: HandClock, path: Path) -> None:
        self.api, self.store = ScriptedApi(clock), StateStore(held())
        self.api.say("order_status", NUMBERED)
        self.lead = FileLead(path)
        services = Services(outside(self.api, MemoryJournal(), self.store, clock, lead=self.lead))
        self.book, self.watcher = services.book, services.watcher

    @property
    def asked(self) -> int:
        return len(self.api.calls)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """It runs meanwhile; at the end it is stopped as by SIGSTOP: it holds what it holds and does nothing."""
        run = asyncio.create_task(self.watcher.run())
        try:
            yield
        finally:
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[tuple[HandClock, Program, Program]]:
    clock = HandClock()
    one, two = (Program(clock, tmp_path / "journal.lead") for _ in range(2))
    yield clock, one, two
    one.lead.release()
    two.lead.release()


async def test_only_one_of_two_asks(programs: tuple[HandClock, Program, Program]) -> None:
    clock, one, two = programs
    async with one.running():
        await clock.step(1)
        async with two.running():
            await clock.step(60)
            assert 19 <= one.asked <= 23, "every 3 s"
            assert two.asked == 0


async def test_a_program_that_is_stopped_is_stood_in_for_and_asks_again_when_it_goes_on(
    programs: tuple[HandClock, Program, Program],
) -> None:
    clock, one, two = programs
    async with contextlib.AsyncExitStack() as stack:
        async with one.running():
            await clock.step(1)
            await stack.enter_async_context(two.running())
            await clock.step(30)
        stopped_at, asked = clock.monotonic(), one.asked
        await clock.step(60)
        assert one.asked == asked
        first = two.api.calls[0][0] - stopped_at
        assert SILENT - LOOK <= first <= SILENT + LOOK, "neither too early nor too late"
        assert two.store.order().status is Status.NUMBER
        async with one.running():
            await clock.step(2 * LOOK)
            stood_in = two.asked
            await clock.step(60)
            assert one.asked > asked + 15
            assert two.asked <= stood_in + 1, "the one that leads is back"


async def test_when_a_program_ends_the_other_one_asks_at_its_next_look(
    programs: tuple[HandClock, Program, Program],
) -> None:
    clock, one, two = programs
    async with contextlib.AsyncExitStack() as stack:
        async with one.running():
            await clock.step(1)
            await stack.enter_async_context(two.running())
            await clock.step(10)
            assert two.asked == 0
        one.lead.release()  # as the system does, whichever way a program ends
        await clock.step(LOOK)
        assert two.asked > 0


async def test_news_of_another_program_makes_nothing_where_no_order_is_followed() -> None:
    services = Services(outside(ScriptedApi(HandClock()), MemoryJournal(), StateStore(), HandClock()))
    services.wake()
    services.poll_now()
    services.release_lead()
    assert {"watcher", "line", "lead"}.isdisjoint(vars(services))


async def test_a_program_that_does_not_lead_makes_no_client(tmp_path: Path) -> None:
    leading, clock = FileLead(tmp_path / "journal.lead"), HandClock()
    assert leading.leads(clock.monotonic())
    made = list[str]()

    async def make() -> ScriptedApi:
        made.append("the client")
        return ScriptedApi(clock)

    plain = outside(
        ScriptedApi(clock), MemoryJournal(), StateStore(held()), clock, lead=FileLead(tmp_path / "journal.lead")
    )
    services = Services(replace(plain, make_client=make))
    follows = asyncio.create_task(services.follow())
    await clock.step(1)
    assert made == []
    leading.release()
    await clock.step(60)
    assert made == ["the client"]
    follows.cancel()
    await asyncio.gather(follows, return_exceptions=True)
    services.release_lead()
