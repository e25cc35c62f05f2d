"""Finding an order again: on the list, in the journal, at the server; and what is said where there is none."""

from dataclasses import replace

import pytest

from s4s_tui.domain.errors import ApiError, NotFound, Refused, Unreachable
from s4s_tui.domain.order import Kind, OrderReply, Status
from s4s_tui.ui.words import money_words, state_words
from tests.services.conftest import Stage
from tests.services.fakes import INVOICE, START, an_order, held

HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"
THERE = OrderReply(paid=True, number="49151", country="Germany", service="Telegram", at=START)


async def test_an_order_on_the_list_is_shown_without_asking(stage: Stage) -> None:
    stage.put(held(HASH))
    assert await stage.finder.find(f"lightning:{INVOICE}") == held(HASH)
    assert stage.api.calls == []


async def test_an_order_that_was_taken_off_the_list_comes_back(stage: Stage) -> None:
    stage.journal.orders[HASH] = held(HASH, status=Status.CODE, code="1", removed=True)
    found = await stage.finder.find(HASH)
    assert (found.removed, found.code) == (False, "1")
    assert stage.store.order(HASH) == found
    assert stage.journal.whats(HASH) == ["back on the list"]
    assert stage.api.calls == []


async def test_an_order_paid_elsewhere_is_found_by_its_hash_and_followed(stage: Stage) -> None:
    stage.api.say("order_status", THERE)
    async with stage.watching():
        order = await stage.finder.find(HASH)
        assert (order.status, order.number, order.found, order.payreq) == (Status.NUMBER, "49151", True, "")
        assert (order.country, order.country_name, order.service_name) == (None, "Germany", "Telegram")
        assert (order.amount, order.expires_at, order.paid_at) == (None, None, START)
        assert stage.journal.whats(HASH) == ["found", "paid", "number"]
        stage.api.say("order_status", OrderReply(paid=True, number="49151", code="048010"))
        await stage.clock.step(5)
    assert stage.store.order(HASH).code == "048010"


async def test_an_invoice_tells_the_amount_and_what_it_waits_for(stage: Stage) -> None:
    stage.api.say("order_status", OrderReply(network="bcrt", node="02ab"))
    order = await stage.finder.find(INVOICE)
    assert (order.amount, order.payreq, order.status) == (3000, INVOICE, Status.EXPIRED)
    assert (order.network, order.node) == ("bcrt", "02ab")
    assert (order.country_name, order.service_name) == ("country not known", "service not known")


async def test_an_order_that_was_found_by_its_hash_gets_its_invoice_later(stage: Stage) -> None:
    stage.api.say("order_status", THERE)
    await stage.finder.find(HASH)
    order = await stage.finder.find(INVOICE)
    assert (order.payreq, order.amount, order.number) == (INVOICE, 3000, "49151")
    assert stage.store.order(HASH) == order
    assert (await stage.finder.find(INVOICE)) is order


@pytest.mark.parametrize(
    ("said", "status"),
    [("created", Status.HELD), ("sent", Status.SENT), ("delivered", Status.DELIVERED), ("failed", Status.FAILED)],
)
async def test_a_message_that_is_found_is_called_one(stage: Stage, said: str, status: Status) -> None:
    stage.api.say("order_status", OrderReply(paid=True, sms_status=said))
    order = await stage.finder.find(HASH)
    assert (order.kind, order.status) == (Kind.SMS, status)
    assert (order.service_name, order.country_name) == ("Message", "recipient not known")
    assert stage.journal.orders[HASH] == order


async def test_a_rental_that_is_found_when_it_is_over_is_not_called_returned(stage: Stage) -> None:
    reply = OrderReply(paid=True, number="49151", code="048010", error="Rent is over.", country="Germany", service="tg")
    stage.api.say("order_status", reply)
    order = await stage.finder.find(HASH)
    assert (order.status, order.code, order.reason, order.ended) == (Status.CODE, "048010", "Rent is over.", True)
    assert (
        money_words(order)
        == "Where your payment is is not known here: look in your wallet whether the payment was taken."
    )


async def test_of_what_is_found_no_more_is_said_than_the_server_says(stage: Stage) -> None:
    stage.api.say("order_status", OrderReply(paid=True))
    order = await stage.finder.find(HASH)
    assert state_words(order) == ("◌", "Paid")
    assert money_words(order).startswith("Paid, the server says: your payment. Whether that is held or taken depends")
    assert money_words(replace(order, number="49151", status=Status.NUMBER)).startswith("Held, not spent")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            Refused("Order not found", http_status=404),
            "The server knows no order with this id. It said: Order not found",
        ),
        (Refused("backend error", http_status=500), "The server said: backend error"),
        (Refused("The server answered 403 Forbidden.", http_status=403), "The server answered 403 Forbidden."),
        (
            Refused("The server answered 404 Not Found.", http_status=404),
            "The server knows no order with this id. The server answered 404 Not Found.",
        ),
        (Unreachable("No connection."), "The server could not be asked. No connection."),
        (OrderReply(error="order not found"), "The server knows no order with this id. It said: order not found"),
    ],
)
async def test_where_none_is_found_nothing_is_written(stage: Stage, answer: ApiError | OrderReply, why: str) -> None:
    stage.api.say("order_status", answer)
    with pytest.raises(NotFound) as caught:
        await stage.finder.find(HASH)
    assert str(caught.value) == why
    assert stage.journal.orders == {}
    assert stage.store.state.orders == ()


async def test_text_that_names_no_order_asks_nobody(stage: Stage) -> None:
    with pytest.raises(NotFound, match="no order id"):
        await stage.finder.find("?!")
    assert stage.api.calls == []


async def test_a_journal_that_cannot_be_read_is_said(stage: Stage) -> None:
    stage.journal.trouble = "The disk is full."
    with pytest.raises(NotFound, match="The disk is full"):
        await stage.finder.find(HASH)


async def test_an_order_that_ended_returned_is_found_as_that(stage: Stage) -> None:
    stage.api.say("order_status", OrderReply(paid=True, error="No available number"))
    order = await stage.finder.find(HASH)
    assert (order.status, order.reason) == (Status.RETURNED, "No available number")


async def test_the_finding_counts_with_the_pace(stage: Stage) -> None:
    stage.put(an_order())
    stage.api.say("order_status", THERE, of=HASH)
    await stage.finder.find(HASH)
    assert stage.pace.delay() > 0
