"""What a person may ask for at any time: the state of one order now, and one order too many."""

import pytest

from s4s_tui.domain.errors import Refused, TooManyUnpaid, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply, Status
from s4s_tui.domain.state import MOST_UNPAID
from tests.services.conftest import Stage
from tests.services.fakes import DRAFT, START, an_order, held

CODED = OrderReply(paid=True, number="49151", code="048010")


class TestLooking:
    async def test_an_order_that_ended_long_ago_is_asked_about_and_a_late_code_is_kept(self, stage: Stage) -> None:
        stage.put(held(status=Status.RETURNED, reason="No SMS", ended_at=START - 9000))
        stage.api.say("order_status", CODED)
        assert await stage.orders.look("a") == ""
        order = stage.store.order()
        assert (order.status, order.code, order.late_code) == (Status.CODE, "048010", True)
        assert "code after the end" in stage.journal.whats()

    async def test_why_there_was_no_answer_is_said(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", Unreachable("No connection."))
        assert await stage.orders.look("a") == "No connection."
        assert stage.store.order() == held()

    async def test_an_order_that_the_server_does_not_know_is_called_so(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", Refused("Order not found", http_status=404))
        assert await stage.orders.look("a") == "Order not found"
        assert (stage.store.order().status, stage.store.order().gone) == (Status.UNKNOWN, True)


class TestTheSoftLimit:
    async def test_an_order_beyond_it_needs_a_word_of_the_person(self, stage: Stage) -> None:
        stage.put(*(an_order(str(at)) for at in range(MOST_UNPAID)))
        with pytest.raises(TooManyUnpaid) as caught:
            await stage.orders.create(DRAFT)
        assert caught.value.unpaid == MOST_UNPAID
        assert stage.api.calls == []
        assert stage.journal.intents == {}
        assert await stage.orders.create(DRAFT, beyond=True) is not None

    async def test_paid_ended_and_given_up_orders_do_not_count(self, stage: Stage) -> None:
        others = (held("p"), an_order("g", cancel=Cancel.GIVEN_UP), an_order("e", status=Status.EXPIRED))
        stage.put(*(an_order(str(at)) for at in range(MOST_UNPAID - 1)), *others)
        assert await stage.orders.create(DRAFT) is not None
