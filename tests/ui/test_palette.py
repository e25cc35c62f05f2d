"""Ctrl+P: everything by name; choosing leads somewhere and never orders."""

from textual.widgets import Input

from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.service import ServiceScreen
from tests.ui.test_keys import PLACES, comes_to, has_orders
from tests.ui.user import User
from tests.ui.world import World


async def opens_the_palette(user: User, typed: str = "") -> None:
    await user.presses("ctrl+p")
    await user.until(lambda: user.app.screen.is_modal, "the palette")
    if typed:
        await user.types(typed)


async def test_the_palette_shows_what_works_here_with_its_key(world: World) -> None:
    await has_orders(world)
    async with world.user(80, 40) as user:
        await comes_to(user, PLACES["order with its number"])
        await opens_the_palette(user)
        await user.sees("Copy what matters now", "(c)", "What happened to this order", "(v)")


async def test_an_action_of_the_palette_is_done_on_the_screen_below(world: World) -> None:
    await has_orders(world)
    async with world.user(80, 24) as user:
        await comes_to(user, PLACES["order with its number"])
        await opens_the_palette(user, "what happened")
        await user.sees("History")
        await user.presses("enter")
        await user.sees("▸ History")


async def test_a_country_of_the_palette_shows_its_services(world: World) -> None:
    async with world.user(60, 20) as user:
        await opens_the_palette(user, "germany")
        await user.sees("Country: Germany")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")


async def test_a_service_of_the_palette_leads_to_where_it_can_be_ordered(world: World) -> None:
    async with world.user(80, 24) as user:
        await comes_to(user, ("germ", "enter"))
        await user.sees("Telegram")
        await user.presses("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        await opens_the_palette(user, "service: telegram")
        await user.sees("Service: Telegram")
        await user.presses("enter")
        await user.sees("Telegram in …")
        assert not world.api.times("create_order")


async def test_a_service_is_found_before_any_list_is_loaded(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_the_palette(user, "service: signal")
        await user.sees("Service: Signal", "To be ordered in a country to choose")
        await user.presses("enter")
        await user.sees("Signal in …")


async def test_in_a_country_the_palette_offers_the_services_that_are_there(world: World) -> None:
    async with world.user(80, 24) as user:
        await comes_to(user, ("germ", "enter"))
        await user.sees("Telegram")
        await opens_the_palette(user, "service: telegram")
        await user.sees("Service: Telegram", "To be ordered in this country")
        await user.presses("escape")
        await opens_the_palette(user, "service: signal")
        await user.sees("No matches")


async def test_an_open_order_is_opened_by_its_name(world: World) -> None:
    await has_orders(world)
    async with world.user(80, 24) as user:
        await opens_the_palette(user, "order: telegram")
        await user.sees("Order: Telegram")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")


async def test_no_cursor_blinks_in_the_palette(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_the_palette(user)
        await user.until(lambda: isinstance(user.app.focused, Input), "the search of the palette")
        await user.settles()
        assert isinstance(user.app.focused, Input)
        assert not user.app.focused.cursor_blink


async def test_before_anything_is_typed_what_works_here_stands_first_then_places_then_open_orders(world: World) -> None:
    await has_orders(world)
    async with world.user(80, 60) as user:
        await comes_to(user, PLACES["order with its number"])
        await opens_the_palette(user)
        await user.sees("Copy what matters now", "Change the current theme", "Order: ")
        words = user.words()
        first, places, orders = (words.index(part) for part in ("Copy what matters now", "Find an order", "Order: "))
        assert first < places < orders


async def test_what_a_letter_does_is_found_from_within_a_search_too(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_the_palette(user, "hide num")
        await user.sees("Hide or show", "Hide numbers and codes, or show them again")
        await user.presses("enter")
        await user.until(lambda: user.app.state.preferences.mask, "numbers and codes hidden")


async def test_the_palette_can_have_another_key(world: World) -> None:
    world.keymap = {"app.palette": "f4"}
    async with world.user(80, 24) as user:
        await user.presses("f4")
        await user.sees("Search for commands")
