"""Cancelling by choice: what is read, written and sent, in which order, and what is shown before the server's word."""

import asyncio

import pytest

from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, Rubbish, TimedOut, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply, Status
from s4s_tui.services.errands import Errands
from tests.services.conftest import Stage
from tests.services.fakes import START, an_order, held


class TestCancelling:
    NUMBERED = OrderReply(paid=True, number="49151")

    async def test_cancelled_is_shown_only_after_the_server_confirmed_it(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", self.NUMBERED)
        await stage.clock.step(120)
        assert await stage.orders.cancel("a") == ""
        assert [name for _, name, _ in stage.api.calls] == ["order_status", "cancel_order"]
        assert (stage.store.order().status, stage.store.order().cancel) == (Status.NUMBER, Cancel.ACCEPTED)
        async with stage.watching():
            await stage.clock.step(20)
            assert stage.store.order().status is Status.NUMBER, "paid as if nothing was confirms nothing"
            stage.api.say("order_status", OrderReply(paid=True, number="49151", error="Order is canceled."))
            await stage.clock.step(4)
        assert stage.store.order().status is Status.CANCELLED
        assert stage.journal.whats() == ["number", "cancel sent", "cancel accepted", "cancelled"]

    async def test_a_server_that_never_confirms_has_its_ok_counted_after_a_minute(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", self.NUMBERED)
        await stage.clock.step(120)
        await stage.orders.cancel("a")
        async with stage.watching():
            await stage.clock.step(58)
            assert stage.store.order().status is Status.NUMBER
            await stage.clock.step(6)
        assert (stage.store.order().status, stage.store.order().reason) == (Status.CANCELLED, None)

    async def test_the_wish_is_written_before_it_is_sent(self, stage: Stage) -> None:
        stage.put(held(created_at=START - 200, paid_at=START - 130))
        stage.api.say("order_status", OrderReply(paid=True))
        await stage.orders.cancel("a")
        assert stage.trace.index("record") < stage.trace.index("OrderChanged") < stage.trace.index("cancel_order")

    async def test_a_code_that_is_there_already_is_shown_instead(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", OrderReply(paid=True, number="49151", code="048010"))
        await stage.clock.step(130)
        assert await stage.orders.cancel("a") == ""
        assert stage.api.times("cancel_order") == []
        assert (stage.store.order().status, stage.store.order().code) == (Status.CODE, "048010")

    @pytest.mark.parametrize(
        "error",
        [Refused("unable to save data", http_status=500), Unreachable("No connection."), Rubbish("Sent elsewhere.")],
    )
    async def test_a_cancellation_that_was_not_carried_out_leaves_the_order_as_it_was(
        self, stage: Stage, error: ApiError
    ) -> None:
        stage.put(held())
        stage.api.say("order_status", self.NUMBERED)
        stage.api.say("cancel_order", error)
        await stage.clock.step(130)
        assert await stage.orders.cancel("a") == str(error)
        order = stage.store.order()
        assert (order.status, order.cancel, order.note) == (Status.NUMBER, Cancel.NO, str(error))

    async def test_a_lost_answer_leaves_the_wish_as_sent_and_it_can_be_sent_again_by_choice(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", self.NUMBERED)
        stage.api.say("cancel_order", OutcomeUnknown("The answer was lost."), None)
        await stage.clock.step(130)
        assert await stage.orders.cancel("a") == "The answer was lost."
        assert (stage.store.order().cancel, stage.store.order().note) == (Cancel.SENT, "The answer was lost.")
        async with stage.watching():
            await stage.clock.step(300)
        assert len(stage.api.times("cancel_order")) == 1, "never by itself"
        await stage.orders.cancel("a")
        assert stage.store.order().cancel is Cancel.ACCEPTED

    async def test_a_status_that_cannot_be_had_ends_it_before_anything_is_sent(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", TimedOut("No answer in time."))
        await stage.clock.step(130)
        assert await stage.orders.cancel("a") == "The cancellation was not sent: No answer in time."
        assert stage.api.times("cancel_order") == []
        assert stage.store.order() == held()

    async def test_a_refused_status_does_not_keep_one_from_cancelling(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", Refused("trouble", http_status=500))
        await stage.clock.step(130)
        assert await stage.orders.cancel("a") == ""
        assert stage.store.order().cancel is Cancel.ACCEPTED

    async def test_a_second_press_sends_nothing_and_leaving_the_screen_stops_nothing(self, stage: Stage) -> None:
        slow: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stage.put(held())
        stage.api.say("order_status", self.NUMBERED)
        stage.api.say("cancel_order", slow)
        await stage.clock.step(130)
        screen = asyncio.create_task(stage.orders.cancel("a"))
        await stage.clock.settle()
        assert await stage.orders.cancel("a") == ""
        screen.cancel()
        slow.set_result(None)
        await stage.clock.settle()
        assert len(stage.api.times("cancel_order")) == 1
        assert stage.store.order().cancel is Cancel.ACCEPTED

    async def test_an_ended_or_strange_order_is_left_alone(self, stage: Stage) -> None:
        stage.put(held(status=Status.CODE, code="1"))
        await stage.clock.step(300)
        assert await stage.orders.cancel("a") == ""
        assert await stage.orders.cancel("no such order") == ""
        assert stage.api.calls == []

    async def test_an_unpaid_order_is_given_up_and_can_be_wanted_again(self, stage: Stage) -> None:
        stage.put(an_order())
        assert await stage.orders.cancel("a") == ""
        assert stage.store.order().cancel is Cancel.GIVEN_UP
        await stage.orders.want_again("a")
        assert stage.store.order().cancel is Cancel.NO
        assert stage.journal.whats() == ["cancel given-up", "cancel taken back"]


async def test_work_that_is_itself_cancelled_at_the_end_of_the_program_is_no_error() -> None:
    errands = Errands()
    waiting = asyncio.create_task(errands.run(asyncio.sleep(3600)))
    await asyncio.sleep(0)
    (inner,) = errands._under_way
    inner.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert errands._under_way == set()
