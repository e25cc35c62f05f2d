"""A cancellation wished before the server takes it: armed, taken back, fired, and what may come between."""

import pytest

from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply, Status
from tests.services.conftest import Stage
from tests.services.fakes import START, held

PAID = OrderReply(paid=True)
NUMBERED = OrderReply(paid=True, number="49151")
CODED = OrderReply(paid=True, number="49151", code="048010")
CANCELED = OrderReply(paid=True, error="Order is canceled.")


async def armed(stage: Stage) -> None:
    stage.put(held())
    stage.api.say("order_status", PAID)
    assert await stage.orders.cancel("a") == ""


async def test_before_2_minutes_the_wish_is_written_down_and_nothing_is_sent(stage: Stage) -> None:
    await armed(stage)
    assert stage.store.order().cancel is Cancel.ARMED
    assert stage.journal.whats() == ["cancel armed"]
    async with stage.watching():
        await stage.clock.step(119)
    assert stage.api.times("cancel_order") == []


async def test_at_2_minutes_the_status_is_read_and_then_it_is_sent_once(stage: Stage) -> None:
    await armed(stage)
    async with stage.watching():
        await stage.clock.step(121)
        assert stage.api.times("cancel_order") == [pytest.approx(1000 + 120, abs=1)]
        assert stage.trace[stage.trace.index("cancel_order") - 4 :].count("order_status") <= 1
        assert (stage.store.order().status, stage.store.order().cancel) == (Status.HELD, Cancel.ACCEPTED)
        stage.api.say("order_status", CANCELED)
        await stage.clock.step(3)
    assert stage.store.order().status is Status.CANCELLED
    assert len(stage.api.times("cancel_order")) == 1


async def test_a_code_that_is_there_when_it_fires_is_shown_instead(stage: Stage) -> None:
    await armed(stage)
    async with stage.watching():
        await stage.clock.step(118)
        stage.api.say("order_status", CODED)
        await stage.clock.step(10)
    assert (stage.store.order().status, stage.store.order().code) == (Status.CODE, "048010")
    assert stage.api.times("cancel_order") == []


async def test_taken_back_in_time_nothing_is_ever_sent(stage: Stage) -> None:
    await armed(stage)
    async with stage.watching():
        await stage.clock.step(100)
        await stage.orders.want_again("a")
        await stage.clock.step(100)
    assert stage.api.times("cancel_order") == []
    assert stage.journal.whats() == ["cancel armed", "cancel taken back"]


async def test_after_a_restart_beyond_the_2_minutes_it_fires_at_the_first_look(stage: Stage) -> None:
    stage.put(held(cancel=Cancel.ARMED, paid_at=START - 300))
    stage.api.say("order_status", NUMBERED)
    async with stage.watching():
        await stage.clock.step(2)
    assert [name for _, name, _ in stage.api.calls][:2] == ["order_status", "cancel_order"]


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (Refused("unable to save data", http_status=500), Cancel.NO),
        (OutcomeUnknown("The answer was lost."), Cancel.SENT),
    ],
)
async def test_what_was_refused_or_lost_is_noted_and_tried_again_only_by_choice(
    stage: Stage, error: ApiError, left: Cancel
) -> None:
    await armed(stage)
    stage.api.say("cancel_order", error, None)
    async with stage.watching():
        await stage.clock.step(400)
        assert stage.store.order().cancel is left
        assert len(stage.api.times("cancel_order")) == 1
        await stage.orders.cancel("a")
        assert len(stage.api.times("cancel_order")) == 2
        assert stage.store.order().cancel is Cancel.ACCEPTED


async def test_offline_it_stays_armed_and_fires_when_the_server_is_back(stage: Stage) -> None:
    await armed(stage)
    async with stage.watching():
        await stage.clock.step(100)
        stage.api.say("order_status", Unreachable("No connection."))
        await stage.clock.step(200)
        assert stage.api.times("cancel_order") == []
        assert stage.store.order().cancel is Cancel.ARMED
        stage.api.say("order_status", PAID)
        await stage.clock.step(7)
    assert len(stage.api.times("cancel_order")) == 1


async def test_a_server_that_refuses_the_status_may_still_take_the_cancellation(stage: Stage) -> None:
    await armed(stage)
    stage.api.say("order_status", Refused("backend error", http_status=500))
    async with stage.watching():
        await stage.clock.step(127)
    assert len(stage.api.times("cancel_order")) == 1
