"""However the program is ended and whatever is under way: a second at most, the terminal in order, nothing lost."""

import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.manners import last_words
from tests.acceptance.screen import goes_online, wait_sentence
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty

SOON = 1.8
"""Seconds that an end may take here: one, and what a busy machine adds. Held answers and locked files take 5 or 30."""
ONE_OPEN = (
    "1 order stays open and goes on being valid; start s4s-tui again to follow:\r\n"
    "  Telegram · Germany: waiting for payment\r\n"
)
ENDINGS: dict[str, tuple[Callable[[Terminal], object], int]] = {
    "q": (lambda terminal: terminal.key("ctrl+q"), 0),
    "Ctrl+C": (lambda terminal: terminal.key("ctrl+c"), 0),
    "SIGINT": (lambda terminal: terminal.signal(signal.SIGINT), 130),
    "SIGTERM": (lambda terminal: terminal.signal(signal.SIGTERM), 143),
    "SIGHUP": (lambda terminal: terminal.signal(signal.SIGHUP), 129),
}


def ends(terminal: Terminal, ending: str) -> str:
    """End the program; what it said last."""
    act, status = ENDINGS[ending]
    begun = time.monotonic()
    act(terminal)
    assert terminal.wait_exit() == status
    assert time.monotonic() - begun < SOON
    return last_words(terminal)


def has_invoice(terminal: Terminal) -> None:
    """Order Telegram in Germany, up to the invoice."""
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")


def waits_for_invoice(terminal: Terminal, server: Server) -> None:
    """Order Telegram in Germany from a server that keeps its answer."""
    server.hold_posts()
    terminal.type("germ\rteleg\r")
    server.wait("/createorder")
    terminal.wait("Asking for an invoice")


@pytest.mark.parametrize("ending", ENDINGS)
def test_with_an_open_order_and_a_question_on_the_screen(server: Server, start: Start, ending: str) -> None:
    terminal = start(S4S_API_URL=server.url)
    has_invoice(terminal)
    terminal.key("f1")
    terminal.wait("Keys that work here")
    assert ends(terminal, ending) == ONE_OPEN


@pytest.mark.parametrize("ending", ENDINGS)
def test_with_an_order_being_made(server: Server, start: Start, ending: str) -> None:
    terminal = start(S4S_API_URL=server.url)
    waits_for_invoice(terminal, server)
    assert ends(terminal, ending) == ""
    server.let_posts_go()

    again = start(S4S_API_URL=server.url)
    again.wait("Dial")
    again.key("f6")
    again.wait("? Outcome unknown")
    assert server.count("/createorder") == 1


def test_a_terminal_that_is_closed_with_an_order_being_made(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    waits_for_invoice(terminal, server)
    begun = time.monotonic()
    assert terminal.hang_up() == 129
    assert time.monotonic() - begun < SOON


def test_an_answer_that_comes_while_the_program_ends_is_kept(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    waits_for_invoice(terminal, server)
    terminal.key("ctrl+q")
    server.let_posts_go()
    assert terminal.wait_exit() == 0
    assert last_words(terminal) == ONE_OPEN
    again = start(S4S_API_URL=server.url)
    again.wait("1 order is open and followed")


def test_a_journal_that_takes_no_write_keeps_nobody_waiting(server: Server, start: Start, tmp_path: Path) -> None:
    terminal = start(S4S_API_URL=server.url)
    waits_for_invoice(terminal, server)
    with closing(sqlite3.connect(tmp_path / "data" / "journal.db", isolation_level=None)) as other_program:
        other_program.execute("BEGIN IMMEDIATE")
        server.let_posts_go()
        terminal.until(lambda: bool(server.orders), "no order was made")
        assert ends(terminal, "q") == ""
    again = start(S4S_API_URL=server.url)
    again.wait("Dial")
    again.key("f6")
    wait_sentence(again, "? Outcome unknown")


def test_a_server_whose_name_is_never_resolved(folders: dict[str, str]) -> None:
    never = "import socket, sys, threading; socket.getaddrinfo = lambda *_, **__: threading.Event().wait();"
    program = [sys.executable, "-c", f"{never} from s4s_tui.cli import main; sys.exit(main())"]
    with Terminal(program, size=(100, 36), env=folders | {"S4S_API_URL": "https://nowhere.invalid"}) as terminal:
        terminal.wait("Dial")
        terminal.type("germ\r")
        terminal.wait("Service")
        terminal.settle()
        assert ends(terminal, "q") == ""


def stalls(terminal: Terminal) -> None:
    """Have the program draw more than a terminal keeps, and read nothing of it."""
    for width in range(60):
        terminal.resize(141 + width, 60)
        terminal.type("a\x7f")
        select.select([], [], [], 0.03)


def test_what_a_stalled_terminal_missed_is_drawn_when_it_is_read_again(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url, size=(200, 60))
    goes_online(terminal)
    terminal.settle()
    picture = terminal.text()
    stalls(terminal)
    terminal.until(lambda: terminal.text() == picture, "it was not drawn again")
    assert ends(terminal, "q") == ""


def test_a_terminal_that_nobody_reads_just_now(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url, size=(200, 60))
    goes_online(terminal)
    stalls(terminal)
    begun = time.monotonic()
    terminal.signal(signal.SIGTERM)
    assert terminal.process.wait(10) == 143
    assert time.monotonic() - begun < SOON


@pytest.mark.parametrize("ending", ["q", "SIGTERM"])
def test_the_demo_left_at_once_and_left_with_an_order(start: Start, ending: str) -> None:
    terminal = start("--demo")
    terminal.wait("Dial")
    assert ends(terminal, ending) == ""
    terminal = start("--demo")
    has_invoice(terminal)
    assert ends(terminal, ending) == ONE_OPEN.replace("s4s-tui", "s4s-tui --demo")


def test_ctrl_c_copies_what_is_selected_in_the_search_and_quits_where_nothing_is(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.type("germany")
    terminal.wait("1 of 185")
    terminal.type("\x1b[1;2D" * 4)  # shift and left
    terminal.key("ctrl+c")
    terminal.until(lambda: terminal.clipboard == "many", "nothing was copied")
    terminal.wait("Selection:")
    terminal.key("end")
    assert ends(terminal, "Ctrl+C") == ""


def test_ctrl_c_copies_what_the_mouse_selected(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    has_invoice(terminal)
    terminal.settle()
    words = "Scan it with a wallet"
    line, y = next((line, y) for y, line in enumerate(terminal.text().splitlines(), 1) if words in line)
    x = line.index(words) + 1
    terminal.type(f"\x1b[<0;{x};{y}M\x1b[<32;{x + 9};{y}M\x1b[<32;{x + len(words)};{y}M\x1b[<0;{x + len(words)};{y}m")
    terminal.settle()
    terminal.key("ctrl+c")
    terminal.until(lambda: (terminal.clipboard or "").startswith(words), "nothing was copied")
    terminal.type("\x1b[<0;90;2M\x1b[<0;90;2m")  # a click elsewhere: nothing is selected any more
    terminal.settle()
    assert ends(terminal, "Ctrl+C") == ONE_OPEN
