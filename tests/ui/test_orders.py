"""The list of orders."""

from s4s_tui.domain.history import Intent, Outcome
from s4s_tui.domain.order import Cancel, OrderReply, Status
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from tests.services.fakes import DRAFT, START
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.world import World

HOUR = 3600


async def test_open_orders_come_first_then_unknown_ones_then_ended_ones(world: World) -> None:
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"))
    await world.knows(
        an_order(1, status=Status.EXPIRED, created_at=START - 30, ended_at=START),
        with_number(2, created_at=START - 120),
        an_order(3, cancel=Cancel.GIVEN_UP, created_at=START - 2 * HOUR, country_name="Kenya"),
        with_code(4, created_at=START - 50 * HOUR),
    )
    async with world.journal() as journal:
        await journal.intend(Intent(intent_id="i", draft=DRAFT, created_at=START - 240))
        await journal.conclude("i", Outcome.UNKNOWN, "lost")
    async with world.user(120, 40) as user:
        await user.presses("o", "f6")
        await user.sees("State Service Country Number Code Age")
        rows = [" ".join(line.split()) for line in user.lines()[3:9]]
        assert rows[:5] == [
            "▸ ◌ Waiting for the SMS Telegram Germany +4915112345678 2 min",
            "? Outcome unknown Telegram Germany 4 min",
            "✗ Invoice expired Telegram Germany now",
            "✗ Given up Telegram Kenya 2 h",
            "✓ Code received Telegram Germany +4915112345678 048010 2 d",
        ]


async def test_enter_opens_the_marked_order_and_esc_leads_back(world: World) -> None:
    await world.knows(an_order(1), a_held(2, service_name="Whatsapp", created_at=START - 60))
    async with world.user() as user:
        await user.presses("f6")
        await user.sees("Whatsapp")
        await user.presses("down", "enter")
        await user.sees("Whatsapp · Germany", "Held, not spent")
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")
        await user.presses("k", "G", "g", "pagedown", "pageup", "ctrl+j")
        await user.sees("Telegram · Germany", "Pay 3,000 sats")
        await user.presses("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")


async def test_c_copies_the_code_else_the_number(world: World) -> None:
    await world.knows(
        with_code(1, created_at=START), with_number(2, created_at=START - 1), an_order(3, created_at=START)
    )
    async with world.user() as user:
        await user.presses("f6")
        await user.sees("Code received")
        user.api.say("order_status", OrderReply(paid=True, number="4915112345678"), of=order_id(2))
        await user.presses("c")
        await user.is_told("This order has no code and no number yet.")
        await user.presses("j", "c")
        await user.until(lambda: user.app.clipboard == "+4915112345678", "the number on the clipboard")
        await user.presses("j", "c")
        await user.until(lambda: user.app.clipboard == "048010", "the code on the clipboard")


async def test_an_empty_list_says_so_and_no_key_breaks_it(world: World) -> None:
    async with world.user() as user:
        await user.presses("f6")
        await user.sees("No orders yet. Esc leads back to the countries.")
        await user.presses("c", "enter", "j", "k", "G", "g", "pagedown", "pageup", "o", "f6")
        await user.settles()
        assert isinstance(user.app.screen, OrdersScreen)
        assert len(user.app.screen_stack) == 2


async def test_the_mark_stays_on_its_order_when_the_list_changes(world: World) -> None:
    await world.knows(an_order(1, service_name="First"), an_order(2, service_name="Second", created_at=START - 60))
    async with world.user() as user:
        await user.presses("f6", "down")
        await user.sees("Second")
        await user.server_says(order_id(1), error="Closed")
        await user.sees("✗ Cancelled First")
        await user.sees("▸ ○ Waiting for payment Second")


async def test_a_click_opens_an_order(world: World) -> None:
    await world.knows(an_order())
    async with world.user() as user:
        await user.presses("f6")
        await user.sees("Telegram")
        await user.pilot.click("PickTable", offset=(4, 1))
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
