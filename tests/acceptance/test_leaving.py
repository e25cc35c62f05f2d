"""Leaving the program, on purpose or not, and coming back: no order is ever lost, and the terminal is left in order."""

import signal
import time

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.manners import last_words
from tests.acceptance.screen import goes_online, wait_sentence
from tests.acceptance.server import Server

pytestmark = pytest.mark.pty


def test_a_killed_program_finds_its_orders_again_and_says_which_outcome_is_unknown(
    server: Server, start: Start
) -> None:
    server.hold_posts()
    first = start(S4S_API_URL=server.url)
    first.type("germ\rteleg\r")
    server.wait("/createorder")
    first.wait("Asking for an invoice")
    first.kill9()
    server.let_posts_go()

    second = start(S4S_API_URL=server.url)
    second.wait("Country")
    second.key("f6")
    second.wait("? Outcome unknown")
    wait_sentence(second, "Nothing was paid, so nothing is lost.")
    second.key("esc")
    second.wait("Dial")
    second.type("germ\rteleg\r")
    second.wait("Payable for")
    order = server.order
    server.pay(order)
    second.wait("Held, not spent")
    second.kill9()

    third = start(S4S_API_URL=server.url)
    third.wait("1 order is open and followed: F6 shows it.")
    third.wait("1 open")
    third.key("esc")  # from the search to the list, where letters are keys
    third.wait("o Orders")
    third.key("o")
    third.wait("Assigning a number")
    third.wait("? Outcome unknown")
    third.key("enter")
    third.wait("Held, not spent")
    server.assign(order, "4915112345678")
    third.wait("+49 151 123 45678")
    server.deliver(order, "048010")
    third.wait(" 048010 ")
    assert server.count("/createorder") == 2, "the lost request was sent again"


def test_quitting_names_the_orders_that_stay_open_and_restores_the_terminal(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    terminal.key("esc")
    terminal.wait("Service")
    terminal.type("\x7f" * 5 + "other\r")
    terminal.wait("Any other call forwarding · Germany")
    terminal.wait("2 open")
    terminal.key("q")
    assert terminal.wait_exit() == 0
    assert last_words(terminal).split("\r\n") == [
        "2 orders stay open and go on being valid; start s4s-tui again to follow:",
        "  Any other call forwarding · Germany: waiting for payment",
        "  Telegram · Germany: waiting for payment",
        "",
    ]


def test_an_idle_program_writes_nothing_and_ends_at_sigterm(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.wait("Dial")
    terminal.settle(0.5)
    assert terminal.listen(1) == 0, "bytes in an idle second that nobody touched it"
    assert server.log == [], "it is merely open, and told the server so"
    goes_online(terminal)
    terminal.settle(0.5)
    assert terminal.listen(2) == 0, "bytes in two idle seconds on the first screen"
    begun = time.monotonic()
    terminal.signal(signal.SIGTERM)
    status = terminal.wait_exit()
    took = time.monotonic() - begun
    assert took < 2, f"it took {took:.1f} s to end"
    assert status == 128 + signal.SIGTERM
    assert last_words(terminal) == ""


def test_a_closed_terminal_ends_the_program_and_its_order_is_there_again(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    begun = time.monotonic()
    status = terminal.hang_up()
    took = time.monotonic() - begun
    assert took < 2, f"it took {took:.1f} s to end"
    assert status == 128 + signal.SIGHUP
    again = start(S4S_API_URL=server.url)
    again.wait("1 order is open and followed")
