"""From 120x40 down to 40x15 and back: nothing breaks, nothing is drawn outside, what matters stays in sight."""

import pytest
from textual.screen import Screen

from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.topbar import DEMO, TopBar
from tests.ui.test_keys import PLACES, comes_to, has_orders
from tests.ui.user import User
from tests.ui.world import World

SIZES = [(60, 20), (40, 15), (80, 24), (120, 40)]
MORE_PLACES: dict[str, tuple[str, ...]] = {
    **PLACES,
    "large code": (*PLACES["order to pay"], "z"),
    "bare invoice": (*PLACES["order to pay"], "b"),
    "search of the orders": ("f6", "slash"),
    "find an order": ("f6", "f"),
    "removing an order": ("f6", "end", "delete"),
    "message": ("f7",),
    "message with its webhook": ("f7", "f3"),
    "help": ("f1",),
    "settings": ("escape", "comma"),
    "a number in the settings": ("escape", "comma", "end", "enter"),
    "help of an order": ("f6", "enter", "question_mark"),
}


_PARTS = "TopBar, KeyBar, PickTable, #search, #hint, #facts, QrPanel, QrCode, #dialog, #caption"


def outside(screen: Screen[object]) -> list[str]:
    """The widgets in sight that are drawn beyond the screen's edges."""
    edges = screen.region
    return [
        f"{widget} at {widget.region}"
        for widget in screen.query(
            "TopBar, KeyBar, PickTable, #search, #hint, #facts, QrPanel, QrCode, #dialog, #caption"
        )
        if widget.display and widget.region.area and not edges.contains_region(widget.region)
    ]


@pytest.mark.parametrize("place", MORE_PLACES)
async def test_a_window_may_change_its_size_on_every_screen(world: World, place: str) -> None:
    await has_orders(world)
    async with world.user(120, 40) as user:
        await comes_to(user, MORE_PLACES[place])
        for width, height in SIZES:
            await user.pilot.resize_terminal(width, height)
            await user.until(lambda: user.app.size == (width, height), "the new size")  # noqa: B023 -- waited for here
            await user.settles()
            lines = user.lines()
            assert len(lines) == height
            assert all(len(line) <= width for line in lines)
            assert not outside(user.app.screen), f"{width}x{height}\n{user.screen_text()}"
            if user.app.screen.query(KeyBar) and not user.app.screen.is_modal:
                assert lines[-1].startswith(" "), "the line of keys"
                assert lines[-1].endswith(" Keys"), "the line of keys ends with the help"
            for bar in (*user.app.screen.query(TopBar), *user.app.screen.query(KeyBar)):
                assert bar.region.size == (width, 1), f"{bar} at {width}x{height}: {bar.region}"


def focus_in_sight(user: User) -> bool:
    focused = user.app.focused
    return focused is not None and focused.region.area > 0


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 15)])
async def test_search_list_and_hint_are_in_sight_at_every_size(world: World, size: tuple[int, int]) -> None:
    async with world.user(*size) as user:
        assert focus_in_sight(user)
        await user.types("germ")
        await user.sees("Germany", "germ")
        await user.presses("enter")
        await user.sees("Telegr", "Whats", "3,000 sats")
        assert focus_in_sight(user)


MATTERS = {
    "order to pay": ("Pay 3,000 sats", "● Payment", "Payable for"),
    "order with its number": ("+49 151 123 45678", "◌ Code", "The number works for"),
    "order that is held": ("Held, not spent", "◌ Number", "back in"),
    "order with its code": ("Your code for Telegram:", "048010", "✓ Code", "settled"),
    "orders": ("Waiting for payment", "Telegram", "048010", "now"),
}


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_matters_is_in_sight_without_scrolling(world: World, size: tuple[int, int]) -> None:
    await has_orders(world)
    async with world.user(*size) as user:
        for place, words in MATTERS.items():
            await comes_to(user, PLACES[place])
            await user.sees(*words)
            await user.goes_home()


async def test_the_words_of_a_low_window_can_be_scrolled(world: World) -> None:
    await has_orders(world)
    async with world.user(60, 15) as user:
        await comes_to(user, PLACES["order with its number"])
        await user.sees("Enter this number at Telegram:")
        await user.presses("j", "down", "pagedown", "j", "j")
        await user.sees("Do not pay twice.")
        await user.presses("k", "up", "pageup", "k", "k")
        await user.sees("Enter this number at Telegram:")


async def test_a_demo_says_so_on_every_screen(world: World) -> None:
    world.demo = True
    await has_orders(world)
    async with world.user(60, 40) as user:
        for place in MORE_PLACES.values():
            await comes_to(user, place)
            await user.sees(DEMO)
            await user.goes_home()


async def test_a_long_place_is_shortened_before_what_matters(world: World) -> None:
    world.demo = True
    await has_orders(world)
    async with world.user(40, 15) as user:
        await user.sees(DEMO, "3 open", "●")
        assert len(user.lines()[0]) <= 40
