"""The exact price: asked for when the mark has come to rest, once, one at a time, and never for every keystroke."""

import asyncio

from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import TimedOut
from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.exact import REST, ExactPrices
from s4s_tui.services.pace import Pace
from tests.services.fakes import HandClock, ScriptedApi, StateStore
from tests.services.memory import MemoryShelf


class Rig:
    """Exact prices on a clock stepped by hand."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.api, self.store, self.pace = ScriptedApi(self.clock), StateStore(), Pace(self.clock)
        self.api.say("price", Price(receive=3000, computed=2800))
        catalogue = Catalogue(
            api=self.api, store=self.store, clock=self.clock, pace=self.pace, builtin=(), shelf=MemoryShelf()
        )
        self.exact = ExactPrices(catalogue, self.clock, self.pace)
        self.jobs: list[asyncio.Task[None]] = []

    async def want(self, service: str | None) -> None:
        self.jobs.append(asyncio.create_task(self.exact.want(None if service is None else (43, service))))
        await self.clock.settle()

    def asked(self) -> list[str]:
        return [arg for _, name, arg in self.api.calls if name == "price"]


async def test_it_is_asked_for_after_a_rest_and_once_in_a_run() -> None:
    rig = Rig()
    await rig.want("tg")
    await rig.clock.step(REST - 0.01)
    assert rig.asked() == []
    await rig.clock.step(0.01)
    assert rig.asked() == ["43 tg"]
    assert rig.store.state.exact == {(43, "tg"): 2800}
    await rig.want("tg")
    await rig.clock.step(10)
    assert rig.asked() == ["43 tg"]
    assert all(job.done() for job in rig.jobs)


async def test_of_many_keystrokes_only_the_last_one_counts() -> None:
    rig = Rig()
    for service in ("a", "b", "c", "d", "e"):
        await rig.want(service)
        await rig.clock.step(0.1)
    await rig.clock.step(2 * REST)
    assert rig.asked() == ["43 e"]


async def test_what_is_no_longer_wanted_is_not_asked_for() -> None:
    rig = Rig()
    await rig.want("tg")
    await rig.want(None)
    await rig.clock.step(10)
    assert rig.asked() == []


async def test_never_two_at_a_time_and_the_latest_wish_is_next() -> None:
    rig = Rig()
    slow: asyncio.Future[Price] = asyncio.get_running_loop().create_future()
    rig.api.say("price", slow, of="43 a")
    await rig.want("a")
    await rig.clock.step(REST)
    await rig.want("b")
    await rig.want("c")
    await rig.clock.step(10)
    assert rig.asked() == ["43 a"]
    slow.set_result(Price(computed=1))
    await rig.clock.step(1)
    assert rig.asked() == ["43 a", "43 c"]


async def test_it_waits_for_its_turn_among_all_requests() -> None:
    rig = Rig()
    for _ in range(4):
        rig.pace.note()
    await rig.want("tg")
    await rig.clock.step(1.9)
    assert rig.asked() == []
    await rig.clock.step(0.2)
    assert rig.asked() == ["43 tg"]


async def test_a_price_that_did_not_come_is_not_asked_for_again_and_none_is_made_up() -> None:
    rig = Rig()
    rig.api.say("price", TimedOut("No answer in time."))
    await rig.want("tg")
    await rig.clock.step(1)
    await rig.want("tg")
    await rig.clock.step(10)
    assert rig.asked() == ["43 tg"]
    assert rig.store.state.exact == {}
