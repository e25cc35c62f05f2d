"""Every key that is shown works, every key that works is explained, and the line of keys fits."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from s4s_tui import ui
from s4s_tui.domain.order import OrderReply
from s4s_tui.ui.app import S4sApp
from s4s_tui.ui.groups import GROUPS
from s4s_tui.ui.screens.bare import BareScreen
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.find import FindBox, FindScreen
from s4s_tui.ui.screens.help import HelpScreen
from s4s_tui.ui.screens.history import HistoryScreen
from s4s_tui.ui.screens.intent import IntentScreen
from s4s_tui.ui.screens.message import MessageScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.screens.preview import PreviewScreen
from s4s_tui.ui.screens.qr import QrScreen
from s4s_tui.ui.screens.remove import RemoveScreen
from s4s_tui.ui.screens.rent import RentScreen, RentServiceScreen
from s4s_tui.ui.screens.rental import RentalScreen
from s4s_tui.ui.screens.secrets import SecretsQuestion
from s4s_tui.ui.screens.send import SendScreen
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.screens.settings import EntryBox, SettingsScreen
from s4s_tui.ui.widgets.fields import Line
from s4s_tui.ui.widgets.searchbox import SearchBox
from tests.services.fakes import START
from tests.ui.invoices import OTHER, a_created, a_held, an_order, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World

OWN: tuple[type[DOMNode], ...] = (
    S4sApp,
    PickScreen,
    SearchBox,
    CountryScreen,
    ServiceScreen,
    OrderScreen,
    OrdersScreen,
    SendScreen,
    PreviewScreen,
    Line,
    QrScreen,
    BareScreen,
    Confirm,
    HelpScreen,
    HistoryScreen,
    SecretsQuestion,
    FindScreen,
    FindBox,
    IntentScreen,
    RemoveScreen,
    RentScreen,
    RentServiceScreen,
    RentalScreen,
    MessageScreen,
    SettingsScreen,
    EntryBox,
)
TEXTUALS = (*Binding.make_bindings(TextArea.BINDINGS), *Input.BINDINGS)
"""What the message box and the search take over: editing keys, as everywhere."""
KEYS = {"esc": "escape", "/": "slash", "?": "question_mark", "del": "delete"}
PLACES: dict[str, tuple[str, ...]] = {
    "countries": (),
    "list of countries": ("escape",),
    "services": ("germ", "enter"),
    "list of services": ("germ", "enter", "escape"),
    "rentals": ("f8",),
    "what to rent a number for": ("f8", "germ", "enter"),
    "orders": ("f6",),
    "order with its number": ("f6", "enter"),
    "order that is held": ("f6", "down", "enter"),
    "order to pay": ("f6", "down", "down", "enter"),
    "order with its code": ("f6", "down", "down", "down", "enter"),
}


def bindings_of(node: type[DOMNode]) -> Iterator[Binding]:
    for binding in node.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding), f"{node.__name__}: {binding}"
        yield binding


async def comes_to(user: User, keys: tuple[str, ...]) -> None:
    for key in keys:
        await (user.types(key) if key == "germ" else user.presses(key))
    await user.settles()


async def has_orders(world: World) -> None:
    """One order of each kind, in the order of PLACES; the server has nothing new to say."""
    unpaid = an_order(1, created=a_created(1, key=OTHER))
    await world.knows(
        unpaid,
        with_number(2, created_at=START - 60),
        a_held(3, created_at=START - 120),
        with_code(4, created_at=START - 180),
    )
    world.api.say("order_status", OrderReply())


def shown_keys(user: User) -> list[str]:
    """The keys of the line at the bottom, as it names them."""
    return [item.partition(" ")[0] for item in re.split(r" {2,}", user.keys_line()) if item]


def picture(user: User) -> tuple[object, ...]:
    """What would be different if a key did something."""
    return (user.screen_text(), len(user.app.screen_stack), len(user.toasts), user.app.clipboard, user.app.focused)


def all_of(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for node in kind.__subclasses__():
        if node.__module__.startswith("s4s_tui."):
            yield node
        yield from all_of(node)


def every_class_of_ours() -> set[type[DOMNode]]:
    for module in pkgutil.walk_packages(ui.__path__, "s4s_tui.ui."):
        if module.name != "s4s_tui.ui.driver":  # cannot be imported on Windows, and has no keys
            importlib.import_module(module.name)
    return set(all_of(DOMNode))


def test_every_binding_of_every_class_has_an_id_of_its_own_a_group_and_says_what_it_does() -> None:
    seen: dict[str, str] = {}
    classes = every_class_of_ours()
    assert set(OWN) <= classes
    for node in classes:
        for binding in bindings_of(node):
            if binding in TEXTUALS:
                continue
            assert binding.id, f"{node.__name__} {binding.key} has no id"
            assert binding.tooltip, f"{node.__name__} {binding.key} has no tooltip"
            assert binding.group in GROUPS, f"{node.__name__} {binding.key} has no group"
            assert binding.id not in seen, f"{binding.id} stands in {seen[binding.id]} and {node.__name__}"
            seen[binding.id] = node.__name__


EATEN = re.compile(r"ctrl\+[abs]|f1[01]|ctrl\+shift\+.*|alt\+\d")
"""Screen's and tmux's prefixes, the stop of flow control, and what desktop terminals keep for themselves.

Ctrl+Q, flow control's other half, comes through, because Textual sets the terminal raw.
"""


def test_no_key_is_used_that_a_terminal_or_a_multiplexer_eats() -> None:
    for node in every_class_of_ours():
        for binding in bindings_of(node):
            eaten = [key for key in binding.key.split(",") if EATEN.fullmatch(key)]
            assert not eaten or binding in TEXTUALS, f"{node.__name__}: {eaten}"


def test_every_binding_leads_to_an_action() -> None:
    for node in OWN:
        for binding in bindings_of(node):
            name = binding.action.partition("(")[0]
            owner = App if name.startswith("app.") else node
            assert hasattr(owner, f"action_{name.removeprefix('app.')}"), f"{node.__name__}: {binding.action}"


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_that_is_shown_does_something(world: World, place: str) -> None:
    await has_orders(world)
    async with world.user(120, 40) as user:
        await comes_to(user, PLACES[place])
        keys = shown_keys(user)
        assert len(keys) >= 3, user.keys_line()
        for key in keys:
            name = KEYS.get(key, key.lower() if re.fullmatch(r"F\d+", key) else key)
            if name == "q":  # ends the program; has a test of its own
                continue
            depth, focused = len(user.app.screen_stack), user.app.focused
            before = picture(user)
            await user.presses(name)
            await user.until(lambda: picture(user) != before, f"what {key} does in: {user.keys_line()}")  # noqa: B023
            await user.settles()
            if len(user.app.screen_stack) > depth:
                await user.presses("escape")
            elif len(user.app.screen_stack) < depth:
                await user.presses("f6" if depth == 2 and place == "orders" else "enter")
            elif user.app.focused is not focused:
                await user.presses("slash" if isinstance(focused, SearchBox) else "escape")
            elif name == "x":
                await user.presses("x")
            await user.settles()


async def test_help_lists_the_keys_that_work_here_and_closes(world: World) -> None:
    await has_orders(world)
    async with world.user(100, 60) as user:
        for place in ("countries", "list of countries", "orders", "order to pay", "order with its code"):
            await comes_to(user, PLACES[place])
            active = user.app.screen.active_bindings.values()
            expected = {item.binding.tooltip for item in active if item.binding.tooltip}
            before = user.screen_text()
            await user.presses("f1")
            await user.sees("Keys that work here")
            said = user.words_in("#dialog")
            assert {words for words in expected if words not in said} == set(), place
            assert ("Copy the invoice" in said) == (place == "order to pay")
            assert ("Copy the number" in said) == (place == "order with its code")
            await user.presses("j", "k", "down", "up", "question_mark")
            await user.until(lambda: user.screen_text() == before, "the screen as it was")  # noqa: B023 -- waited for
            await user.goes_home()


async def test_help_opens_once_and_scrolls_in_a_low_window(world: World) -> None:
    await has_orders(world)
    async with world.user(60, 14) as user:
        await comes_to(user, PLACES["order to pay"])
        await user.presses("question_mark")
        await user.sees("Keys that work here")
        await user.presses(*["j"] * 30)
        await user.sees_no_more("Keys that work here")
        await user.presses("f6", "o")
        assert isinstance(user.app.screen, HelpScreen)
        await user.presses("f1")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")


@pytest.mark.parametrize("keys", [("ctrl+q",), ("escape", "q"), ("f6", "q")])
async def test_q_outside_the_search_and_ctrl_q_anywhere_quit(world: World, keys: tuple[str, ...]) -> None:
    await has_orders(world)
    async with world.user() as user:
        await user.types("q")
        assert user.app.is_running, "in the search q is a letter"
        await user.presses(*keys[:-1])
        await user.breathless(keys[-1])
        await user.until(lambda: user.app.return_code is not None or not user.app.is_running, "the end")
    assert user.app.return_code == 0


async def test_the_palette_leads_to_the_orders(world: World) -> None:
    async with world.user() as user:
        await user.presses("ctrl+p")
        await user.until(lambda: user.app.screen.is_modal, "the palette")
        await user.types("orders")
        await user.sees("All orders of this machine")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list of orders")


async def test_a_click_on_a_key_presses_it(world: World) -> None:
    async with world.user() as user:
        column = user.lines()[-1].index("F6")
        await user.pilot.click("KeyBar", offset=(column, 0))
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list of orders")
