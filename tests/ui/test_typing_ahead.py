"""Keys typed before the screen they are meant for is there: all are kept, none lands in the wrong place."""

import asyncio

from s4s_tui.domain.catalogue import Price
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.rent import RentScreen
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.widgets.searchbox import SearchBox
from tests.ui.invoices import a_created, an_order
from tests.ui.world import SERVICES, World


async def test_typed_in_one_breath_it_makes_the_order(world: World) -> None:
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter")
        await user.sees("Pay 3,000 sats", "Telegram · Germany")
        assert len(user.api.times("create_order")) == 1
        assert [arg for _, name, arg in user.api.calls if name == "create_order"] == ["43 tg"]


async def test_enter_while_the_list_loads_counts_when_it_comes(world: World) -> None:
    services: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("services", services)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter")
        await user.sees("Loading the services of Germany … Enter is kept.")
        assert user.widget(SearchBox).value == "teleg"
        services.set_result(SERVICES)
        await user.sees("Pay 3,000 sats", "Telegram · Germany")
        assert len(user.api.times("create_order")) == 1


async def test_enter_while_the_price_is_asked_for_counts_when_it_comes(world: World) -> None:
    price: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("price", price)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter")
        await user.sees("Asking for the price …", "Telegram tg 1,403")
        assert not user.api.times("create_order")
        price.set_result(Price(receive=3000))
        await user.sees("Pay 3,000 sats")
        assert user.app.state.orders[0].quoted == 3000


async def test_another_letter_takes_a_kept_enter_back(world: World) -> None:
    services: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("services", services)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter", "r")
        await user.sees("Loading the services of Germany …")
        await user.until(lambda: user.widget(SearchBox).value == "telegr", "all letters")
        await user.sees_no_more("Enter is kept.")
        services.set_result(SERVICES)
        await user.sees("2 of 5")
        await user.settles()
        assert not user.api.times("create_order")


async def test_esc_takes_a_kept_enter_back_and_esc_again_leaves(world: World) -> None:
    services: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("services", services)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter")
        await user.sees("Enter is kept.")
        await user.presses("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        services.set_result(SERVICES)
        await user.settles()
        assert not user.api.times("create_order")


async def test_two_enters_make_one_order(world: World) -> None:
    created: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("create_order", created)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter", "enter", "enter")
        await user.sees("Asking for an invoice: Telegram · Germany …")
        created.set_result(a_created())
        await user.sees("Pay 3,000 sats")
        assert len(user.api.times("create_order")) == 1
        assert len(user.app.state.orders) == 1


async def test_leaving_while_the_order_is_made_loses_nothing(world: World) -> None:
    created: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("create_order", created)
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"teleg", "enter")
        await user.sees("Asking for an invoice")
        await user.presses("f6")
        await user.sees("No orders yet.")
        created.set_result(a_created())
        await user.is_told("Telegram · Germany: the invoice is there. F6 lists the orders.")
        await user.sees("Waiting for payment", "Telegram")


async def test_keys_typed_behind_enter_never_land_in_the_search_that_is_left(world: World) -> None:
    async with world.user() as user:
        await user.breathless(*"germ", "enter", *"wh")
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
        await user.until(lambda: user.widget(SearchBox).value == "wh", "the letters in the search of the services")
        await user.presses("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        assert user.widget(SearchBox).value == "germ"


async def test_what_is_typed_behind_a_key_of_the_keymap_waits_for_its_screen(world: World) -> None:
    world.keymap = {"app.rent.anywhere": "ctrl+t"}
    async with world.user() as user:
        await user.breathless("ctrl+t", *"germ")
        await user.until(lambda: isinstance(user.app.screen, RentScreen), "where to rent a number")
        await user.until(lambda: user.widget(SearchBox).value == "germ", "the letters in the search of the rentals")
        await user.presses("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        assert user.widget(SearchBox).value == ""


async def test_what_is_typed_behind_the_palettes_escape_is_for_the_screen_below(world: World) -> None:
    async with world.user() as user:
        await user.breathless("ctrl+p", "escape", "f7", *"+491701234567", "tab", *"Hello")
        await user.sees("+491701234567", "Germany +49", "Hello", "5 of 140")
        await user.presses("ctrl+p", "escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        await user.breathless("ctrl+p", "escape", *"germ")
        await user.until(lambda: user.widget(SearchBox).value == "germ", "the letters in the search")


async def test_what_is_typed_behind_the_key_of_the_search_is_searched_for(world: World) -> None:
    await world.knows(an_order(1), an_order(2, service_name="Signal"))
    async with world.user(80, 24) as user:
        await user.presses("escape")
        await user.breathless("slash", *"oman")
        await user.until(lambda: user.widget(SearchBox).value == "oman", "all of it in the search")
        assert isinstance(user.app.screen, CountryScreen), "o lists the orders elsewhere"
        await user.presses("f6")
        await user.breathless("slash", *"sig")
        await user.until(lambda: user.widget(SearchBox).value == "sig", "all of it in the search of the orders")
        await user.sees_no_more("Telegram")
