"""Numbers and codes that are hidden until they are asked for; copies hold the real text all the same."""

from dataclasses import replace

import pytest

from s4s_tui.domain.events import PreferencesChanged
from s4s_tui.domain.order import Kind
from s4s_tui.ui.screens.history import HistoryScreen
from tests.ui.invoices import a_held, order_id, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World

NUMBER, CODE = "4915112345678", "048010"


def hides(user: User) -> None:
    user.app.publish(PreferencesChanged(replace(user.app.state.preferences, mask=True)))


def tells(user: User) -> bool:
    """Whether something on the screen, or that was told, tells the number or the code."""
    words = " ".join([user.screen_text(), *user.toasts])
    together = words.replace(" ", "")
    return CODE in together or NUMBER in together or NUMBER[-5:] in together


async def test_on_an_order_m_shows_and_hides_and_c_copies_what_is_hidden(world: World) -> None:
    await world.knows(with_number())
    async with world.user(80, 24) as user:
        hides(user)
        await user.opens_order()
        await user.sees("Enter this number at Telegram:", "•••• c copies it, m shows it")
        assert not tells(user)
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == f"+{NUMBER}", "the number on the clipboard")
        await user.server_says(order_id(), paid=True, number=NUMBER, code=CODE)
        await user.sees("Your code for Telegram:", "•••• c copies it, m shows it")
        assert not tells(user)
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == CODE, "the code on the clipboard")
        await user.presses("m")
        await user.sees(f"{CODE} c copies it")
        await user.presses("m")
        await user.sees("•••• c copies it, m shows it")
        await user.is_told("Numbers and codes are hidden. m shows them.")


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_list_of_orders_hides_them_and_says_how_they_are_shown(world: World, size: tuple[int, int]) -> None:
    await world.knows(with_number(), with_code(2), a_held(3))
    async with world.user(*size) as user:
        hides(user)
        await user.presses("f6")
        await user.sees("Code received", "••••")
        assert not tells(user)
        await user.presses("G")
        await user.sees("m shows what is hidden.")
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == CODE, "the code on the clipboard")
        await user.presses("m")
        await user.until(lambda: tells(user), "what was hidden")
        await user.sees_no_more("m shows what is hidden.")


async def test_the_history_hides_them_too(world: World) -> None:
    async with world.user(100, 30) as user:
        order = await user.orders_telegram()
        await user.server_says(order.order_id, paid=True, number=NUMBER)
        await user.server_says(order.order_id, paid=True, number=NUMBER, code=CODE)
        hides(user)
        await user.presses("v")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen), "the history")
        await user.sees("Number: (left out)")
        assert not tells(user)
        await user.presses("m")
        await user.sees(f"Number: {NUMBER}")


async def test_what_a_rented_number_receives_is_hidden_in_its_list(world: World) -> None:
    await world.knows(with_code(kind=Kind.RENT, code="Telegram: 048010"))
    async with world.user(80, 24) as user:
        hides(user)
        await user.presses("f6", "enter")
        await user.sees("The rental is over", "Received Message", "•••• n copies it, m shows it")
        assert not tells(user)
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == "Telegram: 048010", "the message on the clipboard")
        await user.presses("n")
        await user.until(lambda: user.app.clipboard == f"+{NUMBER}", "the number on the clipboard")
        await user.presses("m")
        await user.sees("Telegram: 048010", "+49 151 123 45678")
