"""Orders given up: cancelled at the server as soon as it allows it, and followed meanwhile."""

import asyncio
from itertools import pairwise

import pytest

from s4s_tui.domain.errors import OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply, Status
from tests.services.conftest import Stage
from tests.services.fakes import an_order

ORDER = an_order(cancel=Cancel.GIVEN_UP)
PAID = OrderReply(paid=True)
DOWN = Unreachable("No connection.")


def gaps(times: list[float]) -> list[float]:
    return [round(later - earlier, 3) for earlier, later in pairwise(times)]


class TestAnOrderGivenUp:
    async def test_is_asked_about_every_15_seconds_and_cancelled_at_2_minutes(self, stage: Stage) -> None:
        stage.put(ORDER)
        async with stage.watching():
            await stage.clock.step(119.9)
            assert stage.api.times("cancel_order") == []
            assert set(gaps(stage.api.times("order_status"))) == {15}
            await stage.clock.step(3)
        assert len(stage.api.times("cancel_order")) == 1
        assert stage.store.order().status is Status.CANCELLED
        assert stage.journal.whats() == ["cancel sent", "cancel accepted", "cancelled"]

    async def test_that_is_paid_all_the_same_is_followed_as_wanted_again(self, stage: Stage) -> None:
        stage.put(ORDER)
        stage.api.say("order_status", OrderReply(), PAID)
        async with stage.watching():
            await stage.clock.step(300)
        assert stage.api.times("cancel_order") == []
        assert (stage.store.order().status, stage.store.order().cancel) == (Status.HELD, Cancel.NO)

    @pytest.mark.parametrize("error", [Refused("unable to save data", http_status=500), OutcomeUnknown("Lost."), DOWN])
    async def test_is_tried_five_times_a_minute_apart_and_then_only_followed(
        self, stage: Stage, error: Exception
    ) -> None:
        stage.put(ORDER)
        stage.api.say("cancel_order", error)
        async with stage.watching():
            await stage.clock.step(3600)
        tries = stage.api.times("cancel_order")
        assert len(tries) == 5
        assert all(gap >= 60 for gap in gaps(tries))
        assert stage.store.order().status is Status.WAITING
        assert stage.api.times("order_status")[-1] > 1000 + 3600 - 16, "it is still asked about"

    async def test_that_is_wanted_again_in_time_is_not_cancelled(self, stage: Stage) -> None:
        stage.put(ORDER)
        async with stage.watching():
            await stage.clock.step(100)
            await stage.orders.want_again("a")
            await stage.clock.step(100)
        assert stage.api.times("cancel_order") == []
        assert stage.store.order().cancel is Cancel.NO

    async def test_whose_request_was_cut_short_by_a_crash_is_cancelled_after_the_restart(self, stage: Stage) -> None:
        stage.put(an_order(cancel=Cancel.SENT))
        async with stage.watching():
            await stage.clock.step(125)
        assert stage.store.order().status is Status.CANCELLED

    async def test_a_cancellation_under_way_is_not_sent_a_second_time_by_the_watcher(self, stage: Stage) -> None:
        slow: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stage.put(an_order(cancel=Cancel.GIVEN_UP))
        stage.api.say("cancel_order", slow)
        async with stage.watching():
            await stage.clock.step(400)
            assert len(stage.api.times("cancel_order")) == 1
            canceller = stage.watcher._canceller
            assert await canceller.request("a", lambda order: not order.ended) == ""
            slow.set_result(None)
            await stage.clock.step(5)
        assert len(stage.api.times("cancel_order")) == 1
        assert stage.store.order().status is Status.CANCELLED


async def test_many_orders_given_up_are_cancelled_within_the_pace(stage: Stage) -> None:
    orders = [an_order(str(at), cancel=Cancel.GIVEN_UP) for at in range(10)]
    stage.put(*orders)
    async with stage.watching():
        await stage.clock.step(180)
    times = [at for at, _, _ in stage.api.calls]
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(times, times[2:], strict=False))
    assert {order.status for order in stage.store.state.orders} == {Status.CANCELLED}
