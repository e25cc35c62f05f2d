"""Two programs on one data folder, as in two windows of tmux: one asks the server, both know everything."""

import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import goes_online
from tests.acceptance.server import Order, Request, Server
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

NUMBER, CODE = "4915112345678", "048010"
SOON = 4.0
"""Seconds in which one program shows what the other one wrote: a look at the journal each second, and a poll."""


def open_list(terminal: Terminal) -> None:
    """To the list of all orders."""
    terminal.key("f6")
    terminal.gone("Receive a code")


def questions(server: Server, order: Order) -> list[Request]:
    """What the server was asked about an order, by whomever."""
    return [seen for seen in server.log if seen.path == "/orderstatus" and seen.query["orderId"] == order.order_id]


def pace(asked: Sequence[Request], seconds: float) -> int:
    """The most questions that came within so many seconds."""
    return max((sum(0 <= other.at - one.at < seconds for other in asked) for one in asked), default=0)


def never_locked(*terminals: Terminal) -> None:
    """No program ever wrote that the journal is locked or damaged."""
    for terminal in terminals:
        for word in (b"locked", b"damaged", b"cannot be"):
            assert word not in terminal.transcript, f"{word.decode()} was shown"


def test_each_sees_the_others_orders_and_one_asks_for_both(server: Server, start: Start) -> None:
    one = start(S4S_API_URL=server.url)
    goes_online(one)
    two = start(S4S_API_URL=server.url)
    open_list(two)
    one.type("germ\rteleg\r")
    one.wait("Payable for")
    order = server.order
    two.wait("Waiting for payment", SOON)

    begun = time.monotonic()
    while time.monotonic() < begun + 6:  # both are read, so that neither has to wait with its work
        one.listen(0.1)
        two.listen(0.1)
    assert 2 <= pace(questions(server, order), 6) <= 4, "asked every 2 s, and not by both"

    one.key("x")  # given up in one …
    two.wait("Given up", SOON)
    one.wait("Given up")
    one.key("x")  # … and wanted again
    two.wait("Waiting for payment", SOON)

    server.pay(order)
    server.assign(order, NUMBER)
    one.wait("+49 151 123 45678", 2 * SOON)
    two.wait("Waiting for the SMS", 2 * SOON)
    server.deliver(order, CODE)
    for terminal in (one, two):
        terminal.wait(CODE, 2 * SOON)
    assert server.count("/createorder") == 1

    two.key("esc")
    two.wait("Receive a code")
    two.type("germ\rteleg\r")
    two.wait("Payable for")
    one.key("f6")
    one.wait("Waiting for payment")
    for terminal in (two, one):  # the one that does not ask goes first
        terminal.key("esc")
        terminal.settle()
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    never_locked(one, two)


def test_when_the_asking_program_is_killed_the_other_one_takes_over(server: Server, start: Start) -> None:
    one = start(S4S_API_URL=server.url)
    one.type("germ\rteleg\r")
    one.wait("Payable for")
    two = start(S4S_API_URL=server.url)
    open_list(two)
    two.wait("Waiting for payment")
    order = server.order
    asked = len(questions(server, order))
    deadline = time.monotonic() + 10
    while len(questions(server, order)) == asked and time.monotonic() < deadline:
        two.listen(0.1)
    assert len(questions(server, order)) > asked, "nobody asks"
    one.kill9()
    server.pay(order)
    server.assign(order, NUMBER)
    two.wait("Waiting for the SMS", 10)
    server.deliver(order, CODE)
    two.wait(CODE, 10)
    never_locked(one, two)


def test_both_may_be_started_at_once_on_an_empty_folder(server: Server, start: Start, tmp_path: Path) -> None:
    for attempt in range(4):
        folder = str(tmp_path / f"new {attempt}")
        both = [start(S4S_API_URL=server.url, S4S_DATA_DIR=folder) for _ in range(2)]
        for terminal in both:
            terminal.wait("Receive a code")
            terminal.settle()
        both[0].type("germ\rteleg\r")
        both[0].wait("Payable for")
        both[1].wait("1 open", SOON)
        never_locked(*both)
        for terminal in both:
            terminal.kill9()
