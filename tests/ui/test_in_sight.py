"""A screen that another one covers draws nothing and ticks no more; below a dialog it goes on."""

from textual.widgets import Static

from s4s_tui.domain.account import Account
from s4s_tui.domain.events import AccountChanged
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from tests.ui.invoices import a_held, order_id, with_code
from tests.ui.user import User
from tests.ui.world import World


def the_screen(user: User) -> StateScreen:
    screen = user.app.screen
    assert isinstance(screen, StateScreen)
    return screen


async def test_a_covered_screen_ticks_no_more_and_goes_on_when_it_is_shown_again(world: World) -> None:
    await world.knows(with_code())
    ticks: list[int] = []
    async with world.user(80, 24) as user:
        await user.opens_order()
        order = the_screen(user)
        order.every(0.01, lambda: ticks.append(1))
        await user.until(lambda: ticks, "a tick")
        await user.presses("f6")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")
        assert not order.in_sight
        before = len(ticks)
        await user.settles()
        await user.settles()
        assert len(ticks) == before
        await user.presses("escape")
        await user.until(lambda: len(ticks) > before, "it goes on")
        assert order.in_sight


async def test_below_a_dialog_a_screen_goes_on(world: World) -> None:
    await world.knows(with_code())
    ticks: list[int] = []
    async with world.user(80, 24) as user:
        await user.presses("f6", "delete")
        await user.sees("Leave it on the list.")
        orders = next(screen for screen in user.app.screen_stack if isinstance(screen, OrdersScreen))
        orders.every(0.01, lambda: ticks.append(1))
        assert orders.in_sight
        await user.until(lambda: ticks, "a tick")


async def test_the_line_on_top_is_right_when_a_covered_screen_is_shown_again(world: World) -> None:
    await world.knows(a_held())
    async with world.user(80, 24) as user:
        await user.opens_order()
        await user.presses("f6")
        await user.sees("1 open")
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.sees_no_more("1 open")
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.sees("048010")
        assert "1 open" not in user.words()


async def test_what_happens_while_a_notice_is_on_its_way_into_the_screen_is_drawn_all_the_same(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("There is no API key.")
        screen = the_screen(user)
        screen.mount(Static("a notice"))
        assert not screen.is_whole()
        user.app.publish(AccountChanged(Account(asked=True, key="••••42a7", balance=12_500)))
        await user.sees("Balance 12,500 sats")
