"""Finding an order in a long list: by text and by state."""

import pytest

from s4s_tui.domain.order import Cancel, OrderReply, Status
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.widgets.picktable import PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World


async def in_the_list(world: World) -> None:
    await world.knows(
        with_number(1, service_name="Whatsapp", country_name="Kenya"),
        a_held(2, status=Status.UNKNOWN, paid_at=START - 2000, service_name="OpenAI"),
        with_code(3, service_name="vk.com"),
        an_order(4, cancel=Cancel.GIVEN_UP),
        an_order(5, status=Status.EXPIRED, ended_at=START, service_name="Viber"),
    )
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"), of=order_id(1))


def listed(user: User) -> list[str]:
    """The services in the list."""
    return [row.service_name for row in user.widget(PickTable).rows]


async def test_slash_searches_and_esc_clears_it_and_then_leads_back(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6", "slash")
        await user.types("kenya")
        await user.sees("Search kenya", "enter Open", "esc Clear search")
        assert listed(user) == ["Whatsapp"]
        await user.presses("escape")
        await user.sees_no_more("Search kenya")
        assert len(listed(user)) == 5
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")


async def test_letters_are_letters_in_the_search_and_enter_opens_from_within(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6", "slash")
        await user.types("vcfx")
        await user.breathless("backspace", "backspace", "backspace", *"ib")
        await user.until(lambda: user.widget(SearchBox).value == "vib", "letters and corrections in their order")
        assert listed(user) == ["Viber"]
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.sees("Viber · Germany")


async def test_tab_leads_from_the_search_to_the_list_and_keeps_what_was_searched(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6", "slash")
        await user.types("vk")
        await user.presses("tab", "c")
        await user.until(lambda: user.app.clipboard == "048010", "the code on the clipboard")
        assert listed(user) == ["vk.com"]
        await user.presses("slash")
        assert user.widget(SearchBox).has_focus


@pytest.mark.parametrize("typed", ["nothing like it", "[/] [zz]"])
async def test_a_search_without_a_find_says_so(world: World, typed: str) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6", "slash")
        await user.types(typed)
        await user.sees(f"No order fits '{typed}'. Esc clears the search.")
        await user.presses("enter")
        await user.settles()
        assert isinstance(user.app.screen, OrdersScreen)


async def test_f2_and_the_arrows_choose_a_state_and_its_mark_is_no_colour(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.sees("▸ All 5 Open 2 Done 1 Ended otherwise 2 Unknown 1")
        for key, words, services in (
            ("f2", "▸ Open 2", ["OpenAI", "Whatsapp"]),
            ("right", "▸ Done 1", ["vk.com"]),
            ("right", "▸ Ended otherwise 2", ["Telegram", "Viber"]),
            ("f2", "▸ Unknown 1", ["OpenAI"]),
            ("left", "▸ Ended otherwise 2", ["Telegram", "Viber"]),
            ("right", "▸ Unknown 1", ["OpenAI"]),
        ):
            await user.presses(key)
            await user.sees(words)
            assert listed(user) == services
        await user.presses("f2")
        await user.sees("▸ All 5")


async def test_a_state_without_orders_says_so_and_a_narrow_window_has_short_words(world: World) -> None:
    await world.knows(an_order())
    async with world.user(50, 20) as user:
        await user.presses("f6", "f2", "f2")
        await user.sees("All 1 Open 1 ▸ Done 0 Other 0 Unknown 0", "No order in this state.")


async def test_a_click_chooses_a_state(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.sees("Done 1")
        line = user.lines()[2]
        await user.pilot.click("ShowLine", offset=(line.index("Done"), 0))
        await user.sees("▸ Done 1")


async def test_the_mark_stays_when_a_filter_lets_its_row_pass(world: World) -> None:
    await in_the_list(world)
    async with world.user(80, 24) as user:
        await user.presses("f6", "down")
        await user.sees("▸ ◌ Waiting for the SMS")
        await user.presses("f2")
        await user.sees("▸ Open 2", "▸ ◌ Waiting for the SMS")
        await user.presses("f2")
        await user.sees("▸ ✓ Code received")
