"""The country picker, as a person uses it."""

import pytest

from s4s_tui.domain.catalogue import RemoteCountry
from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.widgets.picktable import PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from tests.ui.invoices import an_order, with_number
from tests.ui.user import User
from tests.ui.world import COUNTRIES, World

WELCOME = "It is a hold invoice"


def marked(user: User) -> str:
    """The name of the country with the mark."""
    row = user.app.screen.query_one(PickTable).row
    return "" if row is None else str(row.name)


async def empties_search(user: User) -> None:
    await user.presses("ctrl+u")
    await user.until(lambda: not user.widget(SearchBox).value, "an empty search")


@pytest.mark.parametrize("touch", ["a key", "a click"])
async def test_nothing_is_asked_of_the_server_before_somebody_touches_the_program(world: World, touch: str) -> None:
    async with world.user() as user:
        await user.sees("○ not asked yet", f"{len(COUNTRIES)} of {len(COUNTRIES)}")
        await user.settles()
        assert world.api.calls == []
        await (user.presses("down") if touch == "a key" else user.pilot.click(SearchBox))
        await user.sees("● online")
        assert [name for _, name, _ in world.api.calls] == ["countries"]


async def test_where_an_order_is_open_all_is_asked_at_once(world: World) -> None:
    await world.knows(with_number())
    async with world.user() as user:
        await user.sees("● online", "1 order is open and followed")
        assert "countries" in [name for _, name, _ in world.api.calls]


async def test_from_the_start_to_an_invoice(world: World) -> None:
    async with world.user() as user:
        assert isinstance(user.app.focused, SearchBox), "the search does not have the focus"
        await user.orders_telegram()
        await user.sees("Telegram · Germany", "Pay 3,000 sats", "Payable for 24:00:00", "1 open", "● online")


async def test_letters_narrow_the_list_at_once_and_find_codes_aliases_and_spellings(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.sees(f"{len(COUNTRIES)} of {len(COUNTRIES)}", "Auto-Select")
        for typed, name in (
            ("germ", "Germany"),
            ("uk", "United Kingdom"),
            ("usa", "United States"),
            ("DE", "Germany"),
            ("Furkinafaso", "Burkina Faso"),
            ("+49", "Germany"),
            ("guinea", "Guinea"),
        ):
            await user.types(typed)
            assert name in marked(user), f"{typed!r} finds {marked(user)!r}"
            await empties_search(user)
        assert marked(user) == "Auto-Select"


async def test_a_country_that_is_not_there_is_said_so(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.types("qqxyz")
        await user.sees("No country is called 'qqxyz'. Backspace to widen.", f"0 of {len(COUNTRIES)}")
        await user.presses("enter")
        await user.types("!")
        await user.sees("'qqxyz!'")
        assert isinstance(user.app.screen, CountryScreen)


async def test_arrows_and_enter_work_from_within_the_search(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.types("guinea")
        await user.presses("down", "down", "down", "up")
        assert marked(user) == "Papua New Guinea"
        await user.presses("pagedown", "pageup", "down", "enter")
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
        await user.sees("Receive a code ▸ Guinea-Bissau")


async def test_letters_and_corrections_typed_in_one_breath_keep_their_order(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.breathless(*"gerk", "backspace", "m", "a", "down", "up")
        await user.until(lambda: user.widget(SearchBox).value == "germa", "the letters in their order")
        assert marked(user) == "Germany"


async def test_the_list_has_keys_of_its_own_and_slash_leads_back(world: World) -> None:
    async with world.user(80, 24) as user:
        assert "Search" not in user.keys_line()
        await user.presses("escape", "G")
        assert marked(user) == COUNTRIES[-1].name
        await user.sees(COUNTRIES[-1].name, "/ Search")
        await user.presses("home", "down", "pagedown", "pageup", "up", "end")
        assert marked(user) == COUNTRIES[-1].name, "the arrows of the list move its mark"
        await user.presses("g", "j", "j", "k")
        assert marked(user) == COUNTRIES[1].name
        await user.presses("escape")
        assert isinstance(user.app.screen, CountryScreen), "there is nowhere to go back to"
        await user.presses("slash")
        await user.types("jk")
        assert user.widget(SearchBox).value == "jk"


async def test_enter_in_the_list_chooses(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.presses("escape", "j", "ctrl+j")
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
        await user.sees(COUNTRIES[1].name)


async def test_a_click_marks_and_a_second_one_chooses(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.pilot.click(PickTable, offset=(5, 0))
        await user.pilot.click(PickTable, offset=(5, 3))
        assert marked(user) == COUNTRIES[2].name
        await user.pilot.click(PickTable, offset=(5, 3))
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")


async def test_recent_countries_stand_next_to_auto_select(world: World) -> None:
    old = an_order(1, country=187, country_name="USA")
    await world.knows(old, an_order(2, created_at=old.created_at + 5))
    async with world.user(80, 24) as user:
        table = user.widget(PickTable)
        assert [country.cc for country in table.rows[:3]] == [999, 43, 187]
        await user.sees("last used", "recent", "2 orders are open and followed: F6 shows them.")
        assert WELCOME not in user.words()


@pytest.mark.parametrize("width", [60, 80])
async def test_the_first_start_explains_hold_invoices_and_takes_no_key(world: World, width: int) -> None:
    async with world.user(width, 24) as user:
        await user.sees("Welcome.", "Ordering is free until you pay", WELCOME)
        assert isinstance(user.app.focused, SearchBox)
        await user.types("g")
        assert user.widget(SearchBox).value == "g"
    async with world.user(width, 24) as user:
        await user.sees("Auto-Select")
        assert "Welcome" not in user.words(), "it is not the first start any more"


async def test_the_servers_own_list_is_taken_and_f5_asks_for_it_again(world: World) -> None:
    world.api.say("countries", Unreachable("No connection."), (RemoteCountry(43, "Germany"),))
    async with world.user(80, 24) as user:
        await user.presses("down")
        await user.sees("The server's list of countries did not come (No connection.)", "F5 asks again.", "✗ no answer")
        await user.presses("f5")
        await user.sees("2 of 2", "● online")


async def test_a_server_without_a_list_is_no_trouble(world: World) -> None:
    world.api.say("countries", Refused("Not found", http_status=404))
    async with world.user(80, 24) as user:
        await user.presses("down")
        await user.sees("The server keeps no list of countries: the built-in one is shown.", "● online")
        await user.types("germ")
        assert marked(user) == "Germany"


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (80, 24)])
async def test_the_welcome_leaves_room_for_the_list_in_every_window(world: World, size: tuple[int, int]) -> None:
    async with world.user(*size) as user:
        await user.sees("Welcome.")
        assert user.widget(PickTable).page >= 3, user.screen_text()
        await user.pilot.resize_terminal(80, 24)
        await user.sees(WELCOME)
