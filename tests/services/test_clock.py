"""The clocks: set by hours, suspended, stopped. Deadlines by the wall clock, waits by the monotonic one."""

import time
from collections.abc import Iterator

import pytest

from s4s_tui.domain.order import OrderReply, Status
from s4s_tui.services.clock import SystemClock, boot_time
from s4s_tui.ui.text import time_of_day
from tests.services.conftest import Stage
from tests.services.fakes import START, an_order, held

PAID = OrderReply(paid=True)
HOUR = 3600.0


class Machine:
    """A machine's two clocks."""

    def __init__(self) -> None:
        self.wall, self.up = START, 50.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.up += seconds

    def clock(self) -> SystemClock:
        return SystemClock(lambda: self.wall, lambda: self.up)


class TestTheSystemClock:
    def test_time_that_passes_also_asleep_counts(self) -> None:
        machine = Machine()
        clock = machine.clock()
        machine.passes(5 * HOUR)
        assert clock.now() == START + 5 * HOUR
        assert clock.was_set() == 0.0

    def test_a_clock_that_is_set_moves_nothing_until_it_is_said_by_how_much(self) -> None:
        machine = Machine()
        clock = machine.clock()
        for seconds in (-3 * HOUR, 5 * HOUR, 90_000.0):
            machine.wall += seconds
            machine.passes(1)
            before = clock.now()
            assert clock.was_set() == seconds
            assert clock.now() == before + seconds
            assert clock.was_set() == 0.0

    def test_what_a_time_service_corrects_is_no_setting(self) -> None:
        machine = Machine()
        clock = machine.clock()
        machine.wall += 1.5
        assert clock.was_set() == 0.0

    def test_the_real_ones_go_forward(self) -> None:
        assert boot_time() <= boot_time()
        assert SystemClock().was_set() == 0.0
        assert SystemClock().boot() >= SystemClock().monotonic() - 1


class TestAClockThatIsSet:
    async def test_ahead_by_hours_calls_no_money_unknown_and_no_invoice_expired(self, stage: Stage) -> None:
        stage.put(held(), an_order("b"))
        stage.api.say("order_status", PAID, of="a")
        async with stage.watching():
            await stage.clock.step(10)
            stage.clock.set_by = 30 * HOUR
            await stage.clock.step(10)
        assert stage.store.order("a").status is Status.HELD
        assert stage.store.order("a").money_back_at == START + 21 * 60 + 30 * HOUR
        assert stage.store.order("b").status is Status.WAITING
        assert stage.journal.whats("a") == ["clock was set"]
        assert stage.journal.lines["a"][0].detail == "by +108000 s"

    async def test_back_by_hours_makes_no_wait_longer(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", PAID)
        async with stage.watching():
            await stage.clock.step(10)
            stage.clock.set_by = -5 * HOUR
            await stage.clock.step(20 * 60)
            assert stage.store.order().status is Status.HELD
            await stage.clock.step(60)
        assert stage.store.order().status is Status.UNKNOWN, "after 21 minutes, not after five hours and 21 minutes"

    async def test_an_ended_order_keeps_the_times_it_had(self, stage: Stage) -> None:
        code = held("c", status=Status.CODE, code="1", code_at=START, ended_at=START)
        stage.put(code, an_order("b"))
        async with stage.watching():
            await stage.clock.step(1)
            stage.clock.set_by = HOUR
            await stage.clock.step(6)
        assert stage.store.order("c") is code


class TestAMachineThatSlept:
    async def test_every_open_order_is_asked_about_at_once(self, stage: Stage) -> None:
        stage.put(*(an_order(name, created_at=START - 2 * HOUR) for name in "abc"))
        async with stage.watching():
            await stage.clock.step(10)
            before = len(stage.api.calls)
            stage.clock.suspend(8 * HOUR)
            await stage.clock.step(7)
        assert {arg for _, _, arg in stage.api.calls[before:]} == set("abc"), "each is due once a minute only"

    async def test_a_number_that_died_meanwhile_is_no_longer_waited_for(self, stage: Stage) -> None:
        stage.put(held(status=Status.NUMBER, number="49151"))
        stage.api.say("order_status", OrderReply(paid=True, number="49151"))
        async with stage.watching():
            await stage.clock.step(10)
            stage.clock.suspend(8 * HOUR)
            stage.api.say("order_status", OrderReply(paid=True, number="49151", error="No SMS received in time."))
            await stage.clock.step(6)
        assert stage.store.statuses()[-1] is Status.RETURNED
        assert stage.store.order().reason == "No SMS received in time."


class TestDaylightSaving:
    """Clocks went back from 3:00 to 2:00 in Berlin on 2026-10-25 at 01:00 UTC, ahead on 2026-03-29."""

    @pytest.fixture(autouse=True)
    def _in_berlin(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
        monkeypatch.undo()
        time.tzset()

    @pytest.mark.parametrize(
        ("change", "paid", "back"), [(1792890000.0, "02:50:00", "02:11:00"), (1774746000.0, "01:50:00", "03:11:00")]
    )
    async def test_a_change_moves_no_deadline_and_times_of_day_follow_it(
        self, stage: Stage, change: float, paid: str, back: str
    ) -> None:
        stage.clock.wall = change - 600
        stage.put(held(paid_at=change - 600, created_at=change - 700))
        stage.api.say("order_status", PAID)
        order = stage.store.order()
        assert order.money_back_at is not None
        assert time_of_day(order.paid_at or 0.0, change) == paid
        assert time_of_day(order.money_back_at, change) == back
        async with stage.watching():
            await stage.clock.step(21 * 60 - 1)
            assert stage.store.order() == order
            await stage.clock.step(1)
        assert stage.store.order().status is Status.UNKNOWN
