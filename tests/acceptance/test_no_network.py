"""A start without a network: what was known is shown with its age, and everything goes on when the server is back."""

import re
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.manners import too_fast
from tests.acceptance.screen import sentences, wait_sentence
from tests.acceptance.server import GERMANY, Server
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty

_AGE = re.compile(r"As of (yesterday )?\d\d:\d\d(:\d\d)?\. The server cannot be reached")


def wait_age(terminal: Terminal) -> None:
    """Until the screen says from when the list is, and why there is no newer one."""
    terminal.until(lambda: _AGE.search(sentences(terminal)) is not None, "the screen never said how old the list is")


def test_a_list_is_known_without_a_network_and_an_order_is_followed_when_it_is_back(
    start: Start, tmp_path: Path
) -> None:
    server = Server()
    server.start()
    try:
        first = start(S4S_API_URL=server.url)
        first.type("germ\rteleg\r")
        first.wait("Payable for")
        first.key("q")
        assert first.wait_exit() == 0
        kept = tmp_path / "data" / "lists" / f"{GERMANY}.json"
        assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    finally:
        server.stop()
    assert too_fast(server.log) == []

    server = server.successor()  # the address refuses connections until it is started
    try:
        second = start(S4S_API_URL=server.url)
        second.wait("1 order is open and followed: F6 shows it.")
        second.wait("✗ no answer")
        second.type("germ\r")
        wait_age(second)
        wait_sentence(second, "F5 loads again.")
        for words in ("Telegram", "512", "3,000 sats", "Any other call forwarding", "[bold red]X[/]"):
            second.wait(words)
        second.type("teleg\r")
        wait_sentence(second, "No order was made. The server cannot be reached")
        assert list(server.orders) == [server.order.order_id], "one order was made, by the first start"

        server.start()
        second.key("f5")
        wait_sentence(second, "Free until you pay; held, and only taken when the code is there.")
        second.gone("As of")
        second.wait("● online")
        server.pay(server.order)
        second.key("f6")
        second.wait("Assigning a number")
        second.key("enter")
        second.wait("Held, not spent")
        server.deliver(server.order, "048010")
        second.wait(" 048010 ")
        second.key("q")
        assert second.wait_exit() == 0
    finally:
        server.stop()
