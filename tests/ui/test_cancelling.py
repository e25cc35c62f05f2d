"""Giving up, taking that back, cancelling: nothing is called cancelled before the server's word."""

import asyncio

from s4s_tui.domain.errors import OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.order import Cancel, OrderReply
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.order import OrderScreen
from tests.ui.invoices import a_held, an_order, order_id, with_number
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
        await user.until(user.sees_code, "the code")
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


async def test_before_two_minutes_x_arms_the_cancellation_and_x_again_takes_it_back(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("x Cancel at 22:15", "x cancels from 22:15:20.")
        await user.waits(20)
        await user.presses("x")
        await user.sees(
            "The server is asked to cancel it at 22:15:20, unless the code comes first. x takes this back.", "x Keep it"
        )
        await user.sees("The cancellation is sent in 1:40", "Held, not spent", "1 open")
        assert isinstance(user.app.screen, OrderScreen), "nothing is asked"
        await user.presses("x")
        await user.sees("x Cancel at 22:15", "x cancels from 22:15:20.")
        await user.waits(3 * MINUTE)
        assert not user.api.times("cancel_order")


async def test_an_armed_cancellation_is_sent_when_the_two_minutes_are_over(world: World) -> None:
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"))
    await world.knows(with_number())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("x")
        await user.sees("The cancellation is sent in 2:00", "The number works until 22:33.", "back by 22:34.")
        await user.waits(2 * MINUTE - 5)
        assert not user.api.times("cancel_order")
        await user.until_cancel_is_sent()
        await user.sees("Cancelling: the server accepted, its word on the order is awaited.")
        assert "Cancelled" not in user.words()
        await user.server_says(order_id(), paid=True, error="Cancelled by user")
        await user.sees("The order is cancelled.", "Released: 3,000 sats went back", "1 Same again")


async def test_an_armed_cancellation_that_cannot_be_sent_yet_says_so(world: World) -> None:
    world.api.say("order_status", Unreachable("No connection."))
    await world.knows(a_held(cancel=Cancel.ARMED))
    async with world.user() as user:
        await user.opens_order()
        await user.waits(2 * MINUTE + 1)
        await user.sees(
            "The server is asked to cancel it as soon as it answers, unless the code is there.", "x Keep it"
        )
        assert not user.api.times("cancel_order")


async def test_a_code_that_comes_before_an_armed_cancellation_is_sent_is_shown(world: World) -> None:
    await world.knows(a_held(cancel=Cancel.ARMED))
    async with world.user() as user:
        await user.opens_order()
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.sees("Your code for Telegram:", "3,000 sats settled.")
        await user.waits(3 * MINUTE)
        assert not user.api.times("cancel_order")


async def test_a_refusal_is_explained_stays_on_the_screen_and_x_tries_again(world: World) -> None:
    world.api.say("order_status", PAID)
    world.api.say("cancel_order", Refused("unable to save data", http_status=500), None)
    await world.knows(a_held(cancel=Cancel.ARMED))
    async with world.user() as user:
        await user.opens_order()
        await user.waits(2 * MINUTE - 5)
        await user.until_cancel_is_sent()
        why = "It said: unable to save data, so it could not write the cancellation down."
        again = "Nothing changed, the order goes on. x tries again."
        await user.sees(f"The server did not cancel. {why} {again}", "Held, not spent")
        await user.waits(30)
        await user.sees(f"The server did not cancel. {why} {again}", "Held, not spent", "x Cancel")
        assert user.words().count("unable to save data") == 1
        assert not user.toasts, "it stands on the screen already"
        await user.presses("x", "y")
        await user.sees("Cancelling: the server accepted, its word on the order is awaited.")
        await user.sees_no_more("The server did not cancel. It said: unable to save data")
        assert len(user.api.times("cancel_order")) == 2


async def test_a_refusal_while_another_screen_is_shown_is_told(world: World) -> None:
    world.api.say("order_status", PAID)
    world.api.say("cancel_order", Refused("unable [/] to save", http_status=500))
    await world.knows(a_held(cancel=Cancel.ARMED))
    async with world.user() as user:
        await user.waits(2 * MINUTE - 5)
        await user.until_cancel_is_sent()
        await user.is_told("Telegram · Germany: The server did not cancel. It said: unable [/] to save.")


async def test_a_cancellation_without_a_further_word_should_bring_the_sats_back(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await asks_to_cancel(user)
        await user.presses("y")
        await user.sees("Cancelling: the server accepted")
        await user.waits(55)
        assert "Cancelled" not in user.words()
        await user.waits(10)
        await user.sees("Cancelled", "The server accepted the cancellation", "3,000 sats should come back")
        assert "went back" not in user.words()


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
        await user.sees("The server did not cancel. It said: Too early [/] to cancel.", "Held, not spent", "1 open")
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
