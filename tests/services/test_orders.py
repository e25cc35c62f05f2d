"""Making orders, accepting what was warned of: what is sent, what is written, in which order, and never twice."""

import asyncio

import pytest

from s4s_tui.domain.errors import (
    ApiError,
    JournalError,
    OutcomeUnknown,
    Refused,
    Rubbish,
    TimedOut,
    Unreachable,
)
from s4s_tui.domain.events import IntentsChanged, OrderChanged
from s4s_tui.domain.history import Outcome
from s4s_tui.domain.order import Created, Status
from tests.services.conftest import Stage
from tests.services.fakes import DRAFT, INVOICE, START, an_order, held

NO_ORDER: list[ApiError] = [
    Refused("out of stock", http_status=400),
    Unreachable("No connection."),
    TimedOut("No connection in time."),
    Rubbish("The server sent us elsewhere."),
]


class TestMaking:
    async def test_the_intent_is_written_before_the_request_and_the_order_before_it_is_shown(
        self, stage: Stage
    ) -> None:
        await stage.orders.create(DRAFT)
        assert stage.trace == [
            "OrderRequested",
            "intend",
            "create_order",
            "LinkReported",
            "record",
            "conclude",
            "OrderChanged",
            "OrderRequestEnded",
        ]

    async def test_the_order_holds_what_the_invoice_says(self, stage: Stage) -> None:
        stage.api.say("create_order", Created("id", INVOICE, "bcrt", "02ab"))
        order = await stage.orders.create(DRAFT)
        assert order is stage.store.order("id")
        assert (order.amount, order.quoted, order.expires_at) == (3000, 3000, 1666344250 + 86400)
        assert (order.network, order.node, order.created_at) == ("bcrt", "02ab", START)
        assert (order.country, order.country_name, order.service) == (43, "Germany", "tg")
        assert stage.api.calls[0][2] == "43 tg"
        (intent,) = stage.journal.intents.values()
        assert (intent.outcome, intent.detail, intent.draft) == (Outcome.MADE, "id", DRAFT)
        assert stage.journal.whats("id") == ["created"]

    async def test_an_unreadable_invoice_makes_an_order_without_amount(self, stage: Stage) -> None:
        stage.api.say("create_order", Created("id", "paid", "bc", None))
        order = await stage.orders.create(DRAFT)
        assert order is not None
        assert (order.payreq, order.amount, order.expires_at) == ("paid", None, None)

    async def test_a_second_press_while_the_first_is_under_way_sends_nothing(self, stage: Stage) -> None:
        slow: asyncio.Future[Created] = asyncio.get_running_loop().create_future()
        stage.api.say("create_order", slow)
        first = asyncio.create_task(stage.orders.create(DRAFT))
        await stage.clock.settle()
        assert stage.store.state.buying == DRAFT
        assert await stage.orders.create(DRAFT) is None
        slow.set_result(Created("id", INVOICE, "bc", None))
        assert await first is not None
        assert len(stage.api.times("create_order")) == 1
        assert stage.store.state.buying is None

    async def test_the_request_goes_on_when_the_screen_is_left(self, stage: Stage) -> None:
        slow: asyncio.Future[Created] = asyncio.get_running_loop().create_future()
        stage.api.say("create_order", slow)
        screen = asyncio.create_task(stage.orders.create(DRAFT))
        await stage.clock.settle()
        screen.cancel()
        with pytest.raises(asyncio.CancelledError):
            await screen
        slow.set_result(Created("id", INVOICE, "bc", None))
        await stage.clock.settle()
        assert stage.store.order("id").status is Status.WAITING
        assert "id" in stage.journal.orders
        assert stage.store.state.buying is None

    async def test_an_error_after_the_screen_was_left_is_kept_in_the_state(self, stage: Stage) -> None:
        slow: asyncio.Future[Created] = asyncio.get_running_loop().create_future()
        stage.api.say("create_order", slow)
        screen = asyncio.create_task(stage.orders.create(DRAFT))
        await stage.clock.settle()
        screen.cancel()
        await stage.clock.settle()
        slow.set_exception(Refused("out of stock", http_status=400))
        await stage.clock.settle()
        assert stage.store.state.order_error == "out of stock"

    @pytest.mark.parametrize("error", NO_ORDER, ids=lambda error: type(error).__name__)
    async def test_a_request_that_made_nothing_says_why_and_concludes_the_intent(
        self, stage: Stage, error: ApiError
    ) -> None:
        stage.api.say("create_order", error)
        with pytest.raises(type(error)):
            await stage.orders.create(DRAFT)
        (intent,) = stage.journal.intents.values()
        assert (intent.outcome, intent.detail) == (Outcome.REFUSED, str(error))
        assert (stage.store.state.buying, stage.store.state.order_error) == (None, str(error))
        assert (stage.store.state.orders, stage.store.state.intents) == ((), ())

    async def test_a_lost_answer_is_an_unknown_intent_and_nothing_is_sent_again(self, stage: Stage) -> None:
        stage.api.say("create_order", OutcomeUnknown("The answer was lost."))
        with pytest.raises(OutcomeUnknown):
            await stage.orders.create(DRAFT)
        await stage.clock.step(3600)
        assert len(stage.api.times("create_order")) == 1
        (intent,) = stage.store.state.intents
        assert (intent.outcome, intent.detail) == (Outcome.UNKNOWN, "The answer was lost.")
        assert stage.journal.intents[intent.intent_id] == intent
        assert stage.trace.index("conclude") < stage.trace.index("IntentsChanged")

    async def test_an_intent_that_cannot_be_written_sends_nothing(self, stage: Stage) -> None:
        stage.journal.trouble = "The disk is full."
        with pytest.raises(JournalError, match="full"):
            await stage.orders.create(DRAFT)
        assert stage.api.calls == []
        assert stage.store.state.journal_trouble == "The disk is full."
        assert stage.store.state.order_error == "The disk is full."

    async def test_an_order_that_cannot_be_written_is_not_shown(self, stage: Stage) -> None:
        slow: asyncio.Future[Created] = asyncio.get_running_loop().create_future()
        stage.api.say("create_order", slow)
        making = asyncio.create_task(stage.orders.create(DRAFT))
        await stage.clock.settle()
        stage.journal.trouble = "The disk is full."
        slow.set_result(Created("id", INVOICE, "bc", None))
        with pytest.raises(JournalError):
            await making
        assert stage.store.state.orders == ()
        assert stage.store.state.journal_trouble == "The disk is full."

    async def test_a_journal_that_fails_after_a_lost_answer_hides_neither(self, stage: Stage) -> None:
        slow: asyncio.Future[Created] = asyncio.get_running_loop().create_future()
        stage.api.say("create_order", slow)
        making = asyncio.create_task(stage.orders.create(DRAFT))
        await stage.clock.settle()
        stage.journal.trouble = "The disk is full."
        slow.set_exception(OutcomeUnknown("The answer was lost."))
        with pytest.raises(OutcomeUnknown):
            await making
        assert stage.store.state.journal_trouble == "The disk is full."
        assert any(isinstance(event, IntentsChanged) for event in stage.store.events)

    async def test_an_id_that_is_known_already_does_not_overwrite_its_order(self, stage: Stage) -> None:
        paid = held("new")
        stage.put(paid)
        assert await stage.orders.create(DRAFT) == paid
        assert stage.store.state.orders == (paid,)
        assert stage.journal.whats("new") == []

    async def test_a_good_write_ends_the_trouble(self, stage: Stage) -> None:
        stage.journal.trouble = "The disk is full."
        with pytest.raises(JournalError):
            await stage.orders.create(DRAFT)
        stage.journal.trouble = ""
        await stage.orders.create(DRAFT)
        assert stage.store.state.journal_trouble == ""
        assert stage.store.state.order_error == ""

    async def test_a_fresh_order_is_followed_at_once(self, stage: Stage) -> None:
        async with stage.watching():
            await stage.clock.step(100)
            await stage.orders.create(DRAFT)
            await stage.clock.step(0.5)
            assert len(stage.api.times("order_status", "new")) == 1


class TestAccepting:
    async def test_an_accepted_invoice_is_written(self, stage: Stage) -> None:
        stage.put(an_order())
        await stage.orders.accept("a")
        assert stage.store.order().accepted
        assert stage.journal.orders["a"].accepted
        assert stage.journal.whats() == ["invoice accepted"]

    async def test_accepted_payees_are_remembered_together(self, stage: Stage) -> None:
        await stage.orders.accept_payee("03bb")
        await stage.orders.accept_payee("02aa")
        assert stage.store.state.payees == {"02aa", "03bb"}
        assert stage.journal.settings == {"payees": "02aa 03bb"}

    async def test_a_payee_that_cannot_be_written_is_accepted_for_now(self, stage: Stage) -> None:
        stage.journal.trouble = "The disk is full."
        await stage.orders.accept_payee("03bb")
        assert stage.store.state.payees == {"03bb"}
        assert stage.store.state.journal_trouble == "The disk is full."
        assert not any(isinstance(event, OrderChanged) for event in stage.store.events)
