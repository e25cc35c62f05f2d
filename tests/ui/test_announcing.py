"""The bell, the toasts and the line on top: what a person notices without looking at the order."""

import pytest

from s4s_tui.domain.errors import TimedOut
from s4s_tui.domain.order import OrderReply
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.world import World

CODE = OrderReply(paid=True, number="4915112345678", code="048010")


async def test_the_bell_rings_once_for_a_code_and_never_for_an_old_one(world: World) -> None:
    await world.knows(with_number(), with_code(2))
    async with world.user() as user:
        assert user.bells == 0
        await user.opens_order()
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.sees("048010")
        assert user.bells == 1
        await user.presses("escape")
        await user.sees("Code received")
        await user.waits(30)
        assert user.bells == 1
        assert user.toasts == []


@pytest.mark.parametrize(("keys", "hint"), [((), " F6 lists the orders."), (("f6",), "")])
async def test_a_code_that_arrives_behind_another_screen_is_told_without_the_code(
    world: World, keys: tuple[str, ...], hint: str
) -> None:
    await world.knows(with_number(service_name="Tele[/]gram"))
    async with world.user() as user:
        await user.presses(*keys)
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.is_told("Tele[/]gram · Germany: the code is there.")
        assert user.toasts == [f"Tele[/]gram · Germany: the code is there.{hint}"]
        assert user.bells == 1
        await user.until(lambda: "Tele[/]gram" in user.words(), "the toast on the screen")


async def test_a_code_behind_the_help_of_its_own_order_is_told(world: World) -> None:
    await world.knows(with_number())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("question_mark")
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.presses("escape")
        await user.sees("Your code for Telegram:", "048010")
        assert user.bells == 1


async def test_the_line_on_top_counts_open_orders_and_says_whether_the_server_answers(world: World) -> None:
    await world.knows(an_order(1), a_held(2), with_code(3))
    async with world.user() as user:
        await user.sees("2 open", "● online")
        user.api.say("order_status", TimedOut("No answer in time."))
        await user.until_asked(order_id(1), len(user.api.times("order_status", order_id(1))))
        await user.sees("✗ no answer")
        await user.server_says(order_id(2), paid=True, error="No number")
        await user.sees("1 open")


async def test_a_code_without_its_screen_is_kept_in_the_list(world: World) -> None:
    await world.knows(with_number())
    world.api.say("order_status", CODE)
    async with world.user(120, 40) as user:
        await user.waits(5)
        await user.presses("f6")
        await user.sees("✓ Code received Telegram Germany +4915112345678 048010")
