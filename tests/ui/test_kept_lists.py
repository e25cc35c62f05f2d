"""Lists of services that an earlier start kept: shown with their age, never ordered from while a fresh one comes."""

import asyncio

import pytest

from s4s_tui.domain.catalogue import Price, Service
from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.services.ports import Kept
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.widgets.picktable import PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from tests.services.fakes import START
from tests.ui.user import User
from tests.ui.world import GERMANY, SERVICES, World

DOWN = Unreachable("The server cannot be reached.")
OLD = (
    Service("wa", "Whatsapp", 9),
    Service("eh", "Telegram 2.0", 5),
    Service("qq", "Quick Quack", 4),
    Service("zz", "Zzap", 0),
)
AGE = "As of yesterday 22:13."


@pytest.fixture
def kept(world: World) -> World:
    """A world in which Germany's list was kept a day ago."""
    world.shelf.lists[GERMANY] = Kept(OLD, 2500, START - 86400)
    return world


def later(world: World, method: str) -> "asyncio.Future[object]":
    """What `method` will answer, once the test says so."""
    answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say(method, answer)
    return answer


def is_down(world: World) -> None:
    for method in ("services", "price", "create_order"):
        world.api.say(method, DOWN)


def ordered(user: User) -> list[str]:
    return [arg for _, name, arg in user.api.calls if name == "create_order"]


async def comes_to_order(user: User, what: str) -> None:
    """Wait until the order was made, and its screen is there."""
    await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order's screen")
    await user.settles()
    assert ordered(user) == [what]


async def test_the_second_start_without_a_network_shows_the_list_of_the_first(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.breathless(*"germ", "enter")
        await user.sees("Telegram tg 1,403 3,000 sats", "Free until you pay")
    is_down(world)
    await world.clock.step(86400)
    async with world.user(80, 24) as user:
        await user.breathless(*"germ", "enter")
        await user.sees(f"{AGE} The server cannot be reached. F5 loads again.", "5 of 5")
        await user.sees("Telegram tg 1,403 3,000 sats")


async def test_a_kept_list_is_there_while_the_fresh_one_loads_and_is_replaced_by_it(kept: World) -> None:
    services, price = later(kept, "services"), later(kept, "price")
    async with kept.user(80, 24) as user:
        await user.breathless(*"germ", "enter")
        await user.sees(f"{AGE} Loading the services of Germany …", "Whatsapp wa 9 2,500 sats", "4 of 4")
        await user.sees_no_more("Enter is kept.")
        services.set_result(SERVICES)
        price.set_result(Price(receive=3000))
        await user.sees("Whatsapp wa 2,210 3,000 sats", "5 of 5", "Free until you pay")
        await user.sees_no_more("yesterday")
    assert kept.shelf.lists[GERMANY] == Kept(SERVICES, 3000, START)


async def test_f5_loads_the_fresh_list_when_the_server_is_back(kept: World) -> None:
    is_down(kept)
    async with kept.user(80, 24) as user:
        await user.breathless(*"germ", "enter")
        await user.sees(f"{AGE} The server cannot be reached. F5 loads again.")
        services = later(kept, "services")
        kept.api.say("price", Price(receive=3000))
        await user.presses("f5")
        await user.sees(f"{AGE} Loading the services of Germany …")
        services.set_result(SERVICES)
        await user.sees("Telegram tg 1,403 3,000 sats", "Free until you pay")


class TestEnter:
    async def test_typed_ahead_it_waits_for_the_fresh_list_and_takes_the_best_match_there(self, kept: World) -> None:
        services = later(kept, "services")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter", *"teleg", "enter")
            await user.sees(f"{AGE} Loading the services of Germany … Enter is kept.", "Telegram 2.0")
            await user.settles()
            assert ordered(user) == [], "the old list knows another Telegram only"
            services.set_result(SERVICES)
            await comes_to_order(user, "43 tg")
            await user.sees("Pay 3,000 sats", "Telegram · Germany")

    async def test_it_is_kept_for_a_service_that_the_old_list_does_not_know(self, kept: World) -> None:
        services = later(kept, "services")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter", *"vk.c", "enter")
            await user.sees(f"{AGE} Loading the services of Germany … Enter is kept.", "0 of 4")
            services.set_result(SERVICES)
            await comes_to_order(user, "43 vk")

    async def test_where_the_fresh_list_does_not_come_it_orders_from_the_old_one(self, kept: World) -> None:
        services, price = later(kept, "services"), later(kept, "price")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter", *"quick", "enter")
            await user.sees("Enter is kept.")
            services.set_result(DOWN)
            await user.sees("Asking for the price …")
            assert ordered(user) == [], "the price is asked for first"
            price.set_result(DOWN)
            await comes_to_order(user, "43 qq")
            assert user.app.state.orders[0].quoted == 2500

    async def test_it_orders_from_the_old_list_when_the_failure_is_known_and_the_server_decides(
        self, kept: World
    ) -> None:
        is_down(kept)
        kept.api.say("create_order", Refused("Out of stock.", http_status=400))
        async with kept.user() as user:
            await user.breathless(*"germ", "enter", *"zzap")
            await user.sees(AGE, "1 of 4")
            await user.presses("enter")
            await user.sees("No order was made. Out of stock.")
            assert ordered(user) == ["43 zz"], "it had no number yesterday, which says nothing about today"
            await user.presses("f5")
            await user.sees(f"{AGE} The server cannot be reached. F5 loads again.")

    async def test_another_letter_takes_it_back(self, kept: World) -> None:
        services = later(kept, "services")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter", *"teleg", "enter", "r")
            await user.sees(f"{AGE} Loading the services of Germany …")
            await user.until(lambda: user.widget(SearchBox).value == "telegr", "all letters")
            await user.sees_no_more("Enter is kept.")
            services.set_result(SERVICES)
            await user.sees("2 of 5")
            await user.settles()
            assert ordered(user) == []

    async def test_a_service_marked_by_hand_stays_marked_whatever_its_place_is_now(self, kept: World) -> None:
        services = later(kept, "services")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter")
            await user.sees(AGE)
            await user.presses("down", "enter")
            await user.sees("Enter is kept.")
            services.set_result((Service("eh", "Telegram 2", 999_999), *SERVICES[:2]))
            await comes_to_order(user, "43 eh")

    async def test_for_a_service_marked_by_hand_that_is_gone_it_takes_no_other(self, kept: World) -> None:
        services = later(kept, "services")
        async with kept.user() as user:
            await user.breathless(*"germ", "enter")
            await user.sees(AGE)
            await user.presses("down", "down", "enter")
            await user.sees("Enter is kept.")
            services.set_result(SERVICES)
            await user.sees("Quick Quack is no longer listed for Germany. Enter takes another one.")
            await user.settles()
            assert ordered(user) == []
            await user.presses("enter")
            await comes_to_order(user, "43 wa")

    async def test_right_behind_f5_it_waits_for_the_newer_list(self, world: World) -> None:
        async with world.user() as user:
            await user.breathless(*"germ", "enter", *"teleg")
            await user.sees("2 of 5", "Free until you pay")
            services = later(world, "services")
            await user.breathless("f5", "enter")
            await user.sees("Loading the services of Germany … Enter is kept.")
            assert ordered(user) == []
            services.set_result(SERVICES[:1])
            await user.sees("No service is called 'teleg'. Backspace to widen.")
            await user.settles()
            assert ordered(user) == []

    async def test_coming_back_it_waits_for_the_newer_list_too(self, world: World) -> None:
        async with world.user() as user:
            await user.breathless(*"germ", "enter")
            await user.sees("Free until you pay")
            await user.presses("escape", "escape")
            services = later(world, "services")
            await user.breathless("enter", *"teleg", "enter")
            await user.sees("Loading the services of Germany … Enter is kept.", "Telegram tg 1,403 3,000 sats")
            assert ordered(user) == []
            services.set_result(SERVICES)
            await comes_to_order(user, "43 tg")


class TestWords:
    async def test_a_price_older_than_its_list_is_called_so(self, kept: World) -> None:
        kept.api.say("price", DOWN)
        async with kept.user(80, 24) as user:
            await user.breathless(*"germ", "enter")
            await user.sees("The price did not come: the one shown is older. F5 asks again.")
            await user.sees("Telegram tg 1,403 2,500 sats")

    async def test_a_search_without_a_match_names_the_age_of_the_list(self, kept: World) -> None:
        is_down(kept)
        async with kept.user(80, 24) as user:
            await user.breathless(*"germ", "enter", *"qqx")
            await user.sees("No service is called 'qqx' in the list of yesterday 22:13. Backspace to widen.")

    async def test_a_list_that_was_empty_is_not_called_empty_now(self, world: World) -> None:
        world.shelf.lists[GERMANY] = Kept((), None, START - 86400)
        is_down(world)
        async with world.user(80, 24) as user:
            await user.breathless(*"germ", "enter")
            await user.sees("As of yesterday 22:13 no service was listed for Germany. The server cannot be reached.")
            await user.sees("F5 loads again.")

    async def test_before_the_journal_is_open_nothing_is_called_failed(self, world: World) -> None:
        world.api.say("services", ())
        async with world.user(80, 24) as user:
            user.app.services, services = None, user.app.services
            user.app._connected.clear()
            await user.breathless(*"germ", "enter", *"teleg", "enter")
            await user.sees("Loading the services of Germany … Enter is kept.")
            user.app.services = services
            user.app._connected.set()
            await user.sees("The server lists no service for Germany now.")

    async def test_why_an_order_failed_in_one_country_is_not_said_in_the_next(self, kept: World) -> None:
        is_down(kept)
        async with kept.user(80, 24) as user:
            await user.breathless(*"germ", "enter", *"quick", "enter")
            await user.sees("No order was made. The server cannot be reached.")
            await user.presses("escape", "escape")
            await user.presses("slash", "ctrl+u")
            await user.breathless(*"fran", "enter")
            await user.sees("The services of France could not be loaded.")
            assert user.widget(PickTable).rows == ()
