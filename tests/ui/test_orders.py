"""The list of orders."""

import pytest
from textual.strip import Strip

from s4s_tui.domain.events import LinkReported
from s4s_tui.domain.history import Intent, Outcome
from s4s_tui.domain.order import Cancel, Order, OrderReply, Status
from s4s_tui.ui import order_rows
from s4s_tui.ui.screens import orders as orders_screen
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.widgets.picktable import PickTable
from tests.services.fakes import DRAFT, START
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World

HOUR = 3600


def rows(user: User) -> list[str]:
    """The lines below the heading of the list, as far as they say something."""
    top = next(at for at, line in enumerate(user.lines()) if line.strip().startswith("State"))
    lines = user.lines()[top + 1 : top + 1 + user.widget(PickTable).page]
    return [" ".join(line.split()) for line in lines if line]


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
        await user.sees("State Service Country Number Code Amount Left Age")
        assert rows(user)[:5] == [
            "▸ ◌ Waiting for the SMS Telegram Germany +4915112345678 3,000 sats 20 min 2 min",
            "? Outcome unknown Telegram Germany 4 min",
            "✗ Invoice expired Telegram Germany 3,000 sats now",
            "✗ Given up Telegram Kenya 3,000 sats 2 h",
            "✓ Code received Telegram Germany +4915112345678 048010 3,000 sats 2 d",
        ]


async def test_enter_opens_the_marked_order_and_esc_leads_back(world: World) -> None:
    await world.knows(an_order(1), a_held(2, service_name="Whatsapp", created_at=START - 60))
    async with world.user() as user:
        await user.presses("f6")
        await user.sees("Whatsapp")
        await user.presses("down", "enter")
        await user.sees("Telegram · Germany", "Pay 3,000 sats")
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")
        await user.presses("k", "G", "g", "pagedown", "pageup", "ctrl+j")
        await user.sees("Whatsapp · Germany", "Held, not spent")
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
        await user.until(lambda: user.app.clipboard == "+4915112345678", "the number on the clipboard")
        await user.presses("j")
        await user.sees("▸ ○ Waiting for payment")
        assert "Copy" not in user.keys_line(), "there is nothing to copy yet"
        await user.presses("c", "j", "c")
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


@pytest.mark.parametrize(
    ("width", "heading"),
    [
        (60, "State Service Code or number Age"),
        (80, "State Service · country Code or number Left Age"),
        (120, "State Service Country Number Code Amount Left Age"),
    ],
)
async def test_the_columns_appear_with_the_width_and_every_row_keeps_to_its_line(
    world: World, width: int, heading: str
) -> None:
    await world.knows(with_code(1), with_number(2), an_order(3, service_name="A long name of a service, of another"))
    async with world.user(width, 24) as user:
        await user.presses("f6")
        await user.sees(heading, "048010", "+4915112345678")
        assert len(rows(user)) == 3
        if width >= 80:
            ends = {len(line.rstrip()) for line in user.lines() if "Telegram" in line}
            assert len(ends) == 1, "the ages stand below each other"


async def test_times_change_by_the_minute_and_nothing_is_drawn_in_between(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.knows(*(with_number(serial, created_at=START - serial) for serial in range(1, 20)))
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"))
    drawn: list[int] = []
    render_line = PickTable.render_line

    def spy(table: PickTable[object], y: int) -> Strip:
        drawn.append(y)
        return render_line(table, y)

    async with world.user(80, 24) as user:
        await user.waits(5)
        await user.presses("f6")
        await user.sees("19 min now")
        await user.settles()
        monkeypatch.setattr(PickTable, "render_line", spy)
        for _ in range(5):
            await user.clock.step(1)
            user.app.publish(LinkReported(ok=False, sentence="no answer"))
            await user.settles()
        assert not drawn, "no word of the list has changed"
        await user.clock.step(60)
        user.app.publish(LinkReported(ok=False, sentence="no answer"))
        await user.sees("18 min 1 min")
        assert drawn


async def test_three_hundred_orders_cost_what_is_in_sight(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (
        lambda serial, at: with_number(serial, created_at=at, paid_at=at),
        lambda serial, at: with_code(serial, created_at=at),
        lambda serial, at: an_order(serial, created_at=at, status=Status.EXPIRED, ended_at=at),
    )
    ended = (kinds[serial % 2 + 1](serial, START - serial) for serial in range(1, 200))
    still = (kinds[0](serial, START - 11 * (serial - 199)) for serial in range(200, 301))
    await world.knows(*ended, *still)
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"))
    computed: list[object] = []
    row_cells = order_rows.row_cells

    def spy(row: order_rows.Row, now: float) -> tuple[str, ...]:
        computed.append(row)
        return row_cells(row, now)

    async with world.user(80, 24) as user:
        monkeypatch.setattr(orders_screen, "row_cells", spy)
        await user.presses("f6")
        await user.sees("All 300", "Open 101", "Done 99", "Ended otherwise 100")
        assert len(rows(user)) == user.widget(PickTable).page
        assert 0 < len({row.order_id for row in computed if isinstance(row, Order)}) <= 18
        assert "1 min 18 min" in rows(user)[0], "what runs out next stands first"
        await user.presses("G")
        await user.sees("3 min")
