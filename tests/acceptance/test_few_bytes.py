"""A list over a slow link: a key writes little, and what is left out is on the screen already."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import goes_online
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty

MOST = 2_000
"""Bytes for one key."""


def cells(terminal: Terminal) -> list[list[Any]]:
    """Each cell of the screen with its colours."""
    screen = terminal.screen
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def press(terminal: Terminal, key: str) -> int:
    """How many bytes the answer to the key has."""
    before = terminal.written
    terminal.key(key)
    terminal.settle(0.1)
    return terminal.written - before


def test_a_list_scrolls_in_few_bytes_and_leaves_nothing_stale(server: Server, start: Start) -> None:
    terminal = start(size=(80, 24), S4S_API_URL=server.url)
    goes_online(terminal)
    terminal.settle()
    terminal.key("esc")
    terminal.wait("s Send")  # the list has the focus
    terminal.settle()
    assert press(terminal, "down") <= MOST, "what came with the focus was drawn once more"

    press(terminal, "pagedown")
    assert max(press(terminal, "down") for _ in range(5)) <= MOST
    press(terminal, "pageup")
    press(terminal, "pageup")
    assert max(press(terminal, "up") for _ in range(3)) <= MOST

    drawn = cells(terminal)
    terminal.resize(81, 24)
    terminal.settle()
    terminal.resize(80, 24)  # draws everything
    terminal.settle()
    assert cells(terminal) == drawn
