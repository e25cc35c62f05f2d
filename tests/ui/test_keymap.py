"""Other keys by the settings: what cannot work is refused before the first screen, what can is used everywhere."""

import pytest

from s4s_tui.ui.keymap import bindings, listing, trouble
from s4s_tui.ui.keys import full_name, is_key, types
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.screens.send import SendScreen
from tests.services.fakes import START
from tests.ui.invoices import with_number
from tests.ui.test_keys import OWN, TEXTUALS, bindings_of
from tests.ui.world import World


@pytest.mark.parametrize(
    "key", ["x", "X", "?", ",", "f12", "ctrl+n", "question_mark", "comma", "escape", "ctrl+shift+f5"]
)
def test_what_a_terminal_may_send_is_a_key(key: str) -> None:
    assert is_key(full_name(key))


@pytest.mark.parametrize("key", ["", "xy", "ctl+x", "ctrl+", "ctrl+ctrl+x", "F2", "f99", "return ", "\x1b", "<any>"])
def test_what_no_terminal_sends_is_none(key: str) -> None:
    assert not is_key(key)


def test_letters_and_signs_type_and_others_do_not() -> None:
    assert all(types(full_name(key)) for key in ("x", "?", "ä", "space", "comma"))
    assert not any(types(key) for key in ("f2", "ctrl+x", "enter", "alt+x"))


def test_every_binding_of_the_program_has_its_line_in_the_list() -> None:
    names = {binding.id for node in OWN for binding in bindings_of(node) if binding not in TEXTUALS}
    rows = listing({"app.send": "ctrl+n"})
    assert names <= {name for name, _, _ in rows}
    assert ("app.send", "ctrl+n", "Send an SMS or an e-mail") in rows
    assert all(what for _, _, what in rows)


def test_the_keys_as_they_are_are_a_keymap_without_trouble() -> None:
    for name, binding in bindings().items():
        keys = {full_name(key) for key in binding.key.split(",")}
        if len({types(key) for key in keys}) == 1:  # a letter beside another key would be taken from the search
            assert trouble({name: binding.key}) is None, name


@pytest.mark.parametrize(
    ("keymap", "name", "part"),
    [
        ({"app.sned": "S"}, "app.sned", "no binding has this name (did you mean app.send?)"),
        ({"order.copy": "ctl+x"}, "order.copy", "'ctl+x' is not a key"),
        ({"order.copy": "y,"}, "order.copy", "'' is not a key"),
        ({"order.copy": "ctrl+i"}, "order.copy", "'ctrl+i' arrives as tab"),
        ({"order.copy": "shift+y"}, "order.copy", "'shift+y' arrives as the character that it types"),
        ({"order.copy": "ctrl+shift+y"}, "order.copy", "'ctrl+shift+y' arrives without its shift"),
        ({"order.copy": "super+left"}, "order.copy", "'super+left' is not sent by most terminals"),
        ({"order.copy": "ctrl+1"}, "order.copy", "'ctrl+1' is not sent by most terminals"),
        ({"order.copy": "x"}, "order.copy", "'x' is the key of order.cancel ("),
        ({"order.copy": "o"}, "order.copy", "'o' is the key of app.orders ("),
        ({"app.orders": "x"}, "app.orders", "'x' is the key of order.cancel ("),
        ({"confirm.yes": "ctrl+q"}, "confirm.yes", "'ctrl+q' is the key of app.quit.anywhere ("),
        ({"order.copy": "y", "order.number": "y"}, "order.copy", "'y' is the key of order.number ("),
        ({"app.help": "ctrl+p"}, "app.help", "'ctrl+p' is the key of "),
        ({"app.orders.anywhere": "B"}, "app.orders.anywhere", "'B' is typed into a field"),
        ({"orders.open": "enter,l"}, "orders.open", "'l' is typed into a field"),
        ({"pick.down": "down,n"}, "pick.down", "'n' is typed into a field"),
        ({"search.choose": "!"}, "search.choose", "'exclamation_mark' is typed into a field"),
        ({"app.send.anywhere": "ctrl+u"}, "app.send.anywhere", "'ctrl+u' is the key of "),
    ],
)
def test_a_keymap_that_cannot_work_is_refused_with_its_binding(keymap: dict[str, str], name: str, part: str) -> None:
    found = trouble(keymap)
    assert found is not None
    assert found.words.startswith(part), found
    assert found.binding in keymap
    assert found.binding == name


@pytest.mark.parametrize(
    "keymap",
    [
        {"order.copy": "y"},
        {"order.copy": "x", "order.cancel": "c"},
        {"app.send": "S", "app.send.anywhere": "ctrl+l"},
        {"orders.find": "F", "orders.state": "f3,right"},
        {"confirm.yes": "enter,y"},
    ],
)
def test_a_keymap_that_works_has_no_trouble(keymap: dict[str, str]) -> None:
    assert trouble(keymap) is None


async def test_other_keys_work_and_are_named_by_the_line_of_keys_and_the_help(world: World) -> None:
    await world.knows(with_number(1, created_at=START - 60))
    world.keymap = {"app.orders.anywhere": "f12", "order.copy": "y", "app.send": "S"}
    assert trouble(world.keymap) is None
    async with world.user(120, 40) as user:
        assert "F12 Orders" in user.keys_line()
        await user.presses("f6")
        await user.settles()
        assert not isinstance(user.app.screen, OrdersScreen)
        await user.presses("f12")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the orders")
        await user.presses("enter")
        await user.sees("The number works for")
        assert "y Copy" in user.keys_line()
        await user.presses("y")
        await user.is_told("Number: ")
        await user.presses("question_mark")
        await user.sees_in("#dialog", "F7 S Send an SMS", "o F12 All orders")
        await user.presses("escape", "S")
        await user.until(lambda: isinstance(user.app.screen, SendScreen), "the message")
