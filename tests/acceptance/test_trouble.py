"""What goes wrong on the way: names that are not harmless, a server that is away."""

from collections.abc import Iterator

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.server import Server

pytestmark = pytest.mark.pty


def test_names_with_markup_and_escape_characters_are_shown_as_text(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.type("germ\r")
    for name in ("[bold red]X[/]", "Any other call forwarding", "red alert"):
        terminal.wait(name)
    terminal.type("any other")
    terminal.wait("1 of 5")
    terminal.type("\x7f" * 9 + "[bold\r")
    terminal.wait("Payable for")
    order = server.order
    assert order.service == "mk"
    terminal.wait("[bold red]X[/] · Germany")
    server.pay(order)
    terminal.wait("Held, not spent")
    server.fail(order, "\x1b[31mNo [bold]number[/] \x1b]52;c;c3RvbGVu\x07at all\x1b[2J [/]")
    wait_sentence(terminal, "The server said: No [bold]number[/] at all [/]")
    terminal.key("esc")
    terminal.wait("Service")
    terminal.key("f6")
    terminal.wait("↩ Returned")
    terminal.wait("[bold red]X[/]")
    assert terminal.clipboard is None, "the server's text reached the terminal's clipboard"
    assert terminal.bells == 1, "for the money that came back; the server's own bell rings none"
    assert list(raw_pieces(bytes(terminal.transcript))) == [], "the server's escape sequences reached the terminal"
    terminal.key("q")
    assert terminal.wait_exit() == 0


def raw_pieces(written: bytes) -> Iterator[bytes]:
    """What of the server's escape sequences reached the terminal as it came."""
    before_leaving = written.partition(b"\x1b[?1049l")[0]
    yield from (piece for piece in (b"\x1b[31m", b"\x1b]52", b"c3RvbGVu") if piece in before_leaving)


def test_a_server_that_is_down_at_the_start_is_asked_again_by_f5(start: Start) -> None:
    server = Server()  # it has its address, but does not listen yet
    try:
        terminal = start(S4S_API_URL=server.url)
        terminal.wait("Dial")
        terminal.key("home")
        wait_sentence(terminal, "The server's list of countries did not come (The server cannot be reached")
        wait_sentence(terminal, "F5 asks again")
        terminal.wait("✗ no answer (1)")
        terminal.type("furkinafaso")
        terminal.wait("Burkina Faso")
        terminal.type("\x7f" * 11 + "germ\r")
        wait_sentence(terminal, "The services of Germany could not be loaded. The server cannot be reached")
        wait_sentence(terminal, "F5 loads them again")
        terminal.wait("✗ no answer")
        server.start()
        terminal.key("f5")
        terminal.wait("Telegram")
        terminal.wait("● online")
        terminal.wait("3,000 sats")
        terminal.gone("could not be loaded")
        terminal.type("teleg\r")
        terminal.wait("Payable for")
    finally:
        server.stop()
