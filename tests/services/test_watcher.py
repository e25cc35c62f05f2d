"""The watcher on a clock stepped by hand: when it asks, what it makes of answers and errors, what it never does."""

import asyncio
from itertools import pairwise

from s4s_tui.domain.errors import Refused, TimedOut, Unreachable
from s4s_tui.domain.order import OrderReply, Status
from tests.services.conftest import Stage
from tests.services.fakes import START, an_order, held

PAID = OrderReply(paid=True)
NUMBERED = OrderReply(paid=True, number="4915112345678")
CODED = OrderReply(paid=True, number="4915112345678", code="048010")
DOWN = Unreachable("No connection.")


def gaps(times: list[float]) -> list[float]:
    return [round(later - earlier, 3) for earlier, later in pairwise(times)]


async def test_an_order_is_followed_from_the_invoice_to_the_code(stage: Stage) -> None:
    stage.put(an_order())
    stage.api.say("order_status", OrderReply(), PAID, NUMBERED, NUMBERED, CODED)
    async with stage.watching():
        await stage.clock.step(60)
    order = stage.store.order()
    assert stage.store.statuses() == [Status.HELD, Status.NUMBER, Status.CODE]
    assert (order.number, order.code) == ("4915112345678", "048010")
    assert gaps(stage.api.times("order_status")) == [2, 2, 3, 3], "2 s while paying and numbering, 3 s for the code"
    assert stage.journal.orders["a"] == order
    assert stage.journal.whats() == ["paid", "number", "code"]


async def test_each_change_is_in_the_journal_before_it_is_shown(stage: Stage) -> None:
    stage.put(an_order())
    stage.api.say("order_status", PAID, NUMBERED, CODED)
    async with stage.watching():
        await stage.clock.step(10)
    changes = [line for line in stage.trace if line in ("record", "OrderChanged")]
    assert changes == ["record", "OrderChanged"] * 3


async def test_nothing_is_asked_while_there_is_nothing_to_follow(stage: Stage) -> None:
    stage.put(held(status=Status.CODE), an_order("b", status=Status.EXPIRED))
    async with stage.watching():
        await stage.clock.step(3600)
    assert stage.api.calls == []


async def test_a_new_order_is_asked_about_as_soon_as_the_watcher_is_woken(stage: Stage) -> None:
    async with stage.watching():
        await stage.clock.step(100)
        stage.put(an_order())
        stage.watcher.wake("a")
        await stage.clock.step()
        assert len(stage.api.times("order_status")) == 1


async def test_a_woken_order_is_asked_about_at_once_and_not_twice(stage: Stage) -> None:
    stage.put(an_order(created_at=START - 7200))
    async with stage.watching():
        await stage.clock.step(10)
        stage.watcher.wake("a")
        await stage.clock.step(1)
    assert len(stage.api.times("order_status")) == 2


async def test_a_wake_during_a_question_brings_another_one_after_it(stage: Stage) -> None:
    late: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    stage.put(an_order(created_at=START - 7200))
    stage.api.say("order_status", late, OrderReply())
    async with stage.watching():
        stage.watcher.wake("a")
        await stage.clock.step(5)
        assert len(stage.api.times("order_status")) == 1, "one question per order at a time"
        late.set_result(OrderReply())
        await stage.clock.step(1)
    assert len(stage.api.times("order_status")) == 2


async def test_poll_now_asks_about_every_order_at_once(stage: Stage) -> None:
    stage.put(*(an_order(name, created_at=START - 7200) for name in "abc"))
    async with stage.watching():
        await stage.clock.step(10)
        assert len(stage.api.calls) == 3
        stage.watcher.poll_now()
        await stage.clock.step(2)
    assert len(stage.api.calls) == 6


async def test_five_network_errors_in_a_row_change_nothing_but_the_link(stage: Stage) -> None:
    order = held(status=Status.NUMBER, number="49151")
    stage.put(order)
    stage.api.say("order_status", *[DOWN] * 5, CODED)
    async with stage.watching():
        await stage.clock.step(16)
        assert stage.store.order() is order
        assert (stage.store.state.link.ok, stage.store.state.link.failures) == (False, 5)
        assert stage.journal.orders == {}
        await stage.clock.step(10)
    assert stage.store.order().status is Status.CODE
    assert stage.store.state.link.ok is True


async def test_errors_while_money_is_held_wait_2_3_5_5_seconds_give_or_take_a_fifth(stage: Stage) -> None:
    stage.put(held())
    stage.api.say("order_status", DOWN)
    async with stage.watching():
        await stage.clock.step(600)
    waits = gaps(stage.api.times("order_status"))
    assert 1.6 <= waits[0] <= 2.4
    assert 2.4 <= waits[1] <= 3.6
    assert all(4 <= wait <= 6 for wait in waits[2:])
    assert len(set(waits[2:])) > 10, "spread, so that many programs do not ask in step"


async def test_a_good_answer_begins_the_waits_anew(stage: Stage) -> None:
    stage.put(held())
    stage.api.say("order_status", DOWN, DOWN, DOWN, PAID, DOWN, PAID)
    async with stage.watching():
        await stage.clock.step(30)
    assert gaps(stage.api.times("order_status"))[4] <= 2.4


async def test_errors_about_an_old_unpaid_order_slow_down_to_a_minute(stage: Stage) -> None:
    stage.put(an_order(created_at=START - 7200))
    stage.api.say("order_status", TimedOut("No answer in time."))
    async with stage.watching():
        await stage.clock.step(1200)
    waits = gaps(stage.api.times("order_status"))
    assert waits[5] >= 30
    assert all(48 <= wait <= 60 for wait in waits[6:])
    assert not stage.store.order().ended, "an order is never ended by errors"


async def test_a_refused_status_is_noted_and_slows_down_and_the_next_good_answer_clears_it(stage: Stage) -> None:
    stage.put(held())
    refusal = Refused("unable to read data", http_status=500)
    stage.api.say("order_status", refusal, refusal, refusal, NUMBERED)
    async with stage.watching():
        await stage.clock.step(0.1)
        assert stage.store.order().note == "unable to read data"
        assert stage.store.state.link.ok is True, "a refusal is an answer"
        assert stage.store.order().status is Status.HELD
        await stage.clock.step(15)
    assert stage.store.order().note is None
    assert gaps(stage.api.times("order_status"))[1] > 2.2
    assert stage.journal.whats() == ["refused", "number"]


async def test_retry_after_pauses_all_orders(stage: Stage) -> None:
    stage.put(held("a"), held("b"))
    stage.api.say("order_status", Refused("Too many requests.", http_status=429, retry_after=90), PAID)
    async with stage.watching():
        await stage.clock.step(89)
        assert len(stage.api.calls) == 1
        await stage.clock.step(3)
        assert len(stage.api.calls) > 1


async def test_retry_after_is_followed_for_15_minutes_at_the_most(stage: Stage) -> None:
    stage.put(held())
    stage.api.say("order_status", Refused("Too many requests.", http_status=429, retry_after=1e9), PAID)
    async with stage.watching():
        await stage.clock.step(899)
        assert len(stage.api.calls) == 1
        await stage.clock.step(2)
    assert len(stage.api.calls) == 2


async def test_offline_the_money_is_called_unknown_at_21_minutes_exactly_and_a_later_word_decides(stage: Stage) -> None:
    stage.put(held(status=Status.NUMBER, number="49151"))
    stage.api.say("order_status", DOWN)
    async with stage.watching():
        await stage.clock.step(21 * 60 - 0.1)
        assert stage.store.order().status is Status.NUMBER
        await stage.clock.step(0.1)
        assert stage.store.order().status is Status.UNKNOWN
        assert stage.journal.lines["a"][-1].source == "clock"
        stage.api.say("order_status", OrderReply(paid=True, error="Your funds are returned."))
        await stage.clock.step(60)
    assert stage.store.order().status is Status.RETURNED
    assert stage.store.order().reason == "Your funds are returned."


async def test_a_question_without_an_answer_does_not_hold_back_the_deadline(stage: Stage) -> None:
    never: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    stage.put(held())
    stage.api.say("order_status", never)
    async with stage.watching():
        await stage.clock.step(21 * 60)
        assert stage.store.order().status is Status.UNKNOWN


async def test_an_order_whose_money_is_unknown_is_asked_about_every_10_seconds_then_every_minute(stage: Stage) -> None:
    stage.put(held())
    stage.api.say("order_status", PAID)
    async with stage.watching():
        await stage.clock.step(45 * 60)
    times = [at - 1000 for at in stage.api.times("order_status")]
    assert set(gaps([at for at in times if 1265 < at < 1855])) == {10}
    assert set(gaps([at for at in times if at > 1870])) == {60}


async def test_no_number_ends_the_order_as_returned_with_the_servers_words(stage: Stage) -> None:
    stage.put(an_order())
    words = "No available number, payment request is canceled. Your funds are returned to your wallet automatically."
    stage.api.say("order_status", PAID, OrderReply(paid=True, error=words))
    async with stage.watching():
        await stage.clock.step(3600)
    assert (stage.store.order().status, stage.store.order().reason) == (Status.RETURNED, words)
    asked = stage.api.times("order_status")
    assert set(gaps(asked[1:])) == {60}, "a late word is looked for once a minute"
    assert asked[-1] - asked[1] <= 600, "for ten minutes"


async def test_an_unpaid_order_expires_by_the_servers_word_after_the_expiry_not_by_time_alone(stage: Stage) -> None:
    stage.put(an_order(created_at=START - 7200, expires_at=START + 30))
    stage.api.say("order_status", OrderReply(), DOWN, DOWN, DOWN, OrderReply())
    async with stage.watching():
        await stage.clock.step(62)
        assert stage.store.order().status is Status.WAITING
        await stage.clock.step(20)
    assert stage.store.order().status is Status.EXPIRED


async def test_twenty_orders_get_two_requests_a_second_at_the_most_and_every_one_its_share(stage: Stage) -> None:
    names = [f"order {at}" for at in range(20)]
    stage.put(*(held(name) if at % 2 else an_order(name) for at, name in enumerate(names)))
    for at, name in enumerate(names):
        stage.api.say("order_status", PAID if at % 2 else OrderReply(), of=name)
    async with stage.watching():
        await stage.clock.step(1800)
    times = stage.api.times("order_status")
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(times, times[2:], strict=False))
    new = {name: [at for at in stage.api.times("order_status", name) if at < 1600] for name in names}
    assert max(max(gaps(asked)) for asked in new.values()) <= 25, "nobody starves"


async def test_orders_with_money_held_have_their_turn_first(stage: Stage) -> None:
    stage.put(an_order("unpaid 1"), held("held 1"), an_order("unpaid 2"), held("held 2"))
    async with stage.watching():
        await stage.clock.step(1.6)
    assert [arg.split()[0] for _, _, arg in stage.api.calls] == ["held", "held", "unpaid", "unpaid"]


async def test_one_slow_answer_does_not_hold_up_the_other_orders(stage: Stage) -> None:
    never: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    stage.put(held("slow"), held("quick"))
    stage.api.say("order_status", never, of="slow")
    stage.api.say("order_status", PAID, of="quick")
    async with stage.watching():
        await stage.clock.step(60)
    assert len(stage.api.times("order_status", "slow")) == 1
    assert len(stage.api.times("order_status", "quick")) > 20


async def test_four_questions_are_under_way_at_the_most(stage: Stage) -> None:
    slow: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    stage.put(*(held(name) for name in "abcdef"))
    stage.api.say("order_status", slow)
    async with stage.watching():
        await stage.clock.step(30)
        assert len(stage.api.calls) == 4
        slow.set_result(PAID)
        await stage.clock.step(3)
        assert {arg for _, _, arg in stage.api.calls} == set("abcdef")
