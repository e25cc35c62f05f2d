"""Keys typed ahead of a screen."""

import pytest
from textual.events import Key

from s4s_tui.ui.gate import KeyGate


def key(name: str) -> Key:
    return Key(name, name if len(name) == 1 else None)


def released(gate: KeyGate) -> list[str]:
    keys = []
    while (held := gate.release()) is not None:
        keys.append(held.key)
    return keys


def test_an_open_gate_holds_nothing() -> None:
    gate = KeyGate()
    assert not gate.holds(key("a"))
    assert gate.release() is None


def test_a_closed_gate_keeps_keys_in_their_order_until_it_is_opened() -> None:
    gate = KeyGate()
    gate.close()
    assert all(gate.holds(key(name)) for name in "tele")
    assert gate.release() is None, "a key came out of a closed gate"
    gate.open()
    assert released(gate) == list("tele")


def test_a_gate_that_closes_again_keeps_the_rest() -> None:
    gate = KeyGate()
    gate.close()
    for name in ("a", "enter", "b"):
        gate.holds(key(name))
    gate.open()
    assert [released_key.key for released_key in (gate.release(), gate.release()) if released_key] == ["a", "enter"]
    gate.close()
    assert gate.release() is None
    gate.open()
    assert released(gate) == ["b"]


@pytest.mark.parametrize("name", ["escape", "ctrl+c", "ctrl+q", "ctrl+z"])
def test_keys_that_leave_pass_at_once_and_let_go_of_what_is_held(name: str) -> None:
    gate = KeyGate()
    gate.close()
    gate.holds(key("a"))
    assert not gate.holds(key(name))
    assert not gate.holds(key("b"))
    assert gate.release() is None
