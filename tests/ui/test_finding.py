"""Find an order: by its id, its payment hash or its invoice, however the terminal pastes it."""

import asyncio

import pytest
from textual.events import Paste

from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.domain.order import OrderReply
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.find import FindBox, FindScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from tests.ui.invoices import a_created, an_order, order_id, with_code
from tests.ui.user import User
from tests.ui.world import World

FOUND = OrderReply(paid=True, number="4915112345678", country="Germany", service="Telegram")


async def pastes(user: User, text: str) -> None:
    user.app.post_message(Paste(text))
    await user.drains()


async def opens_the_search(user: User) -> None:
    await user.presses("f6", "f")
    await user.sees_in("#dialog", "Find an order", "its payment hash or the whole invoice.", "the payment hash of each")


async def comes_to_the_order(user: User) -> None:
    await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order that was found")
    await user.settles()


async def test_the_payment_hash_of_an_order_made_elsewhere_leads_to_its_screen(world: World) -> None:
    world.api.say("order_status", FOUND, of=order_id(7))
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await pastes(user, order_id(7).upper())
        await user.presses("enter")
        await comes_to_the_order(user)
        await user.sees("Enter this number at Telegram:", "+4915112345678")
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list, not the search")
        await user.sees("◌ Waiting for the SMS")


@pytest.mark.parametrize("before", ["", "lightning:", "  "])
@pytest.mark.parametrize("brk", ["\n", "\r\n", " \n  "])
async def test_a_long_invoice_that_the_terminal_broke_into_lines_is_pasted_whole(
    world: World, before: str, brk: str
) -> None:
    payreq = a_created(7).payreq
    world.api.say("order_status", FOUND, of=order_id(7))
    async with world.user(60, 20) as user:
        await opens_the_search(user)
        await pastes(user, before + brk.join(payreq[at : at + 60] for at in range(0, len(payreq), 60)) + "\n")
        assert user.widget(FindBox).value == before.strip() + payreq
        await user.presses("ctrl+j")
        await comes_to_the_order(user)


async def test_a_paste_takes_the_place_of_what_is_selected_and_one_too_long_is_refused(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await user.types("abc")
        await user.presses("shift+home")
        await pastes(user, "def\nghi")
        assert user.widget(FindBox).value == "defghi"
        await pastes(user, "x" * 8000)
        await user.sees_in("#dialog", "That is too long for an order id, a payment hash or an invoice.")
        assert user.widget(FindBox).value == "defghi"
        await user.types("j")
        await user.sees_no_more("That is too long")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Paste an order id, a payment hash or a whole invoice."),
        ("what?", "That is no order id, no payment hash (64 hex digits) and no invoice"),
    ],
)
async def test_what_names_no_order_is_said_in_the_dialog(world: World, typed: str, said: str) -> None:
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await user.types(typed)
        await user.presses("enter")
        await user.sees_in("#dialog", said)
        assert not user.toasts
        assert user.widget(FindBox).has_focus


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("Order not found [/]", http_status=404), "The server knows no order with this id. It said: Order not"),
        (Unreachable("No connection to the server."), "The server could not be asked. No connection to the server."),
    ],
)
async def test_what_the_server_does_not_know_is_said_in_the_dialog_and_can_be_asked_again(
    world: World, error: Exception, said: str
) -> None:
    world.api.say("order_status", error, FOUND, of=order_id(7))
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await pastes(user, order_id(7))
        await user.presses("enter")
        await user.sees_in("#dialog", said)
        await user.presses("enter")
        await comes_to_the_order(user)


async def test_while_it_is_looked_for_the_dialog_says_so_and_asks_once(world: World) -> None:
    answer: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    world.api.say("order_status", answer, FOUND, of=order_id(7))
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await pastes(user, order_id(7))
        await user.breathless("enter", "enter")
        await user.sees("Looking for it …")
        await user.until(lambda: user.api.times("order_status", order_id(7)), "the question")
        assert len(user.api.times("order_status", order_id(7))) == 1
        answer.set_result(FOUND)
        await comes_to_the_order(user)


@pytest.mark.parametrize(
    ("reply", "said"),
    [(FOUND, "Found: Telegram · Germany."), (OrderReply(error="Order not found"), "The server knows no order")],
)
async def test_an_answer_after_the_dialog_was_closed_is_told_and_opens_nothing(
    world: World, reply: OrderReply, said: str
) -> None:
    answer: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    world.api.say("order_status", answer, FOUND, of=order_id(7))
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await pastes(user, order_id(7))
        await user.presses("enter", "escape")
        answer.set_result(reply)
        await user.is_told(said)
        assert isinstance(user.app.screen, OrdersScreen)


async def test_an_order_taken_off_the_list_comes_back(world: World) -> None:
    await world.knows(with_code(3, removed=True))
    async with world.user(80, 24) as user:
        await opens_the_search(user)
        await pastes(user, order_id(3))
        await user.presses("enter")
        await user.sees("Your code for Telegram:")
        await user.presses("escape")
        await user.sees("✓ Code received")


async def test_the_palette_offers_it_everywhere_and_an_order_that_is_shown_is_not_opened_twice(world: World) -> None:
    await world.knows(an_order(1))
    async with world.user(80, 24) as user:
        await user.opens_order()
        depth = len(user.app.screen_stack)
        await user.presses("ctrl+p")
        await user.until(lambda: user.app.screen.is_modal, "the palette")
        await user.types("find an order")
        await user.sees("By its id, its payment hash or its invoice")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, FindScreen), "the search for an order")
        await pastes(user, order_id(1))
        await user.presses("enter")
        await comes_to_the_order(user)
        assert len(user.app.screen_stack) == depth
        await user.goes_home()
        assert isinstance(user.app.screen, CountryScreen)
