"""Giving up, taking that back, cancelling: nothing is called cancelled before the server's word."""

import asyncio

from s4s_tui.domain.errors import OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.order import OrderScreen
from tests.ui.invoices import a_held, an_order, order_id
from tests.ui.user import User
from tests.ui.world import World

PAID = OrderReply(paid=True)
MINUTE = 60


async def asks_to_cancel(user: User) -> None:
    """Two minutes after the payment: x, and the question is there."""
    await user.opens_order()
    await user.waits(2 * MINUTE)
    await user.presses("x")
    await user.until(lambda: isinstance(user.app.screen, Confirm), "the question")
    await user.sees("Cancel this order? 3,000 sats go back to your wallet.", "y Cancel the order", "n Keep waiting")


async def test_x_gives_an_unpaid_order_up_and_x_again_takes_that_back(world: World) -> None:
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("x Give up")
        await user.presses("x")
        await user.sees("Given up", "The server is told at 22:15:20", "The server is told in", "x Take back")
        await user.sees("Do not pay this invoice any more.")
        assert not user.sees_code()
        assert "open" not in user.lines()[0]
        await user.presses("c", "i", "b", "z")
        await user.settles()
        assert user.app.clipboard == ""
        await user.presses("x")
        await user.sees("Pay 3,000 sats", "1 open", "x Give up")
        assert user.sees_code()
        assert not user.api.times("cancel_order")


async def test_an_order_given_up_is_cancelled_at_the_server_after_two_minutes(world: World) -> None:
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("x")
        await user.sees("Given up")
        await user.waits(2 * MINUTE - 5)
        assert not user.api.times("cancel_order")
        await user.until_cancel_is_sent()
        await user.waits(15)
        await user.sees("The order is cancelled.", "Nothing was paid, so nothing is lost.")


async def test_a_payment_that_arrives_after_giving_up_is_followed(world: World) -> None:
    await world.knows(an_order(cancel=Cancel.GIVEN_UP))
    async with world.user() as user:
        await user.opens_order()
        await user.sees("Given up")
        await user.server_says(order_id(), paid=True)
        await user.sees("Held, not spent", "1 open")


async def test_before_two_minutes_x_says_when_it_opens(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("x Cancel at 22:15", "x cancels from 22:15:20.")
        await user.presses("x")
        await user.is_told("The server takes a cancellation from 22:15:20 on, 2 minutes after the payment.")
        assert isinstance(user.app.screen, OrderScreen)
        assert not user.api.times("cancel_order")


async def test_the_key_says_cancel_once_it_works(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("x Cancel at 22:15")
        await user.waits(2 * MINUTE)
        await user.sees_no_more("x Cancel at 22:15", "x cancels from")
        await user.sees("x Cancel")


async def test_no_and_esc_leave_the_order_as_it_is(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.presses("n")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.presses("x", "escape")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.presses("x", "x", "q")
        await user.settles()
        assert isinstance(user.app.screen, Confirm), "a key that is no answer answers nothing"
        assert not user.api.times("cancel_order")


async def test_yes_sends_the_cancellation_and_cancelled_is_said_after_the_servers_word(world: World) -> None:
    answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("order_status", PAID)
    world.api.say("cancel_order", answer)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.presses("y")
        await user.sees("Cancelling: the server was asked and its answer is awaited.")
        await user.until(lambda: user.api.times("cancel_order"), "the cancellation sent")
        assert "Cancelled" not in user.words()
        answer.set_result(None)
        await user.sees("Cancelling: the server accepted, its word on the order is awaited.")
        assert "x " not in user.keys_line()
        await user.server_says(order_id(), paid=True, error="Cancelled by user")
        await user.sees(
            "The order is cancelled.", "Released: 3,000 sats went back", "The server said: Cancelled by user"
        )
        assert len(user.api.times("cancel_order")) == 1


async def test_a_refused_cancellation_is_told_and_the_order_goes_on(world: World) -> None:
    world.api.say("order_status", PAID)
    world.api.say("cancel_order", Refused("Too early [/] to cancel", http_status=400))
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.presses("y")
        await user.is_told("Too early [/] to cancel")
        await user.sees("Held, not spent", "1 open")
        assert "Cancelled" not in user.words()


async def test_a_cancellation_whose_answer_was_lost_is_neither_done_nor_forgotten(world: World) -> None:
    world.api.say("order_status", PAID)
    world.api.say("cancel_order", OutcomeUnknown("The server's answer was lost."))
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.presses("y")
        await user.is_told("The server's answer was lost.")
        await user.sees("Cancelling: the server was asked and its answer is awaited. x asks again.")
        assert "Cancelled" not in user.words()


async def test_a_code_that_is_there_already_is_shown_instead_of_cancelling(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        user.api.say("order_status", OrderReply(paid=True, number="4915112345678", code="048010"))
        await user.presses("y")
        await user.sees("Your code for Telegram:", "048010")
        assert not user.api.times("cancel_order")


async def test_without_a_connection_the_cancellation_is_not_sent(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        user.api.say("order_status", Unreachable("No connection."))
        await user.presses("y")
        await user.is_told("The cancellation was not sent: No connection.")
        assert not user.api.times("cancel_order")


async def test_a_question_that_is_overtaken_by_the_code_cancels_nothing(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        assert user.bells == 1
        await user.presses("y")
        await user.sees("Your code for Telegram:", "048010")
        await user.settles()
        assert not user.api.times("cancel_order")
