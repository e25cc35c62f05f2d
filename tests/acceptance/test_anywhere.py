"""In every terminal of the README's table: a country, a service, the invoice, a copy, the end."""

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.server import Server

pytestmark = [pytest.mark.pty, pytest.mark.long]

SSH = {"SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22", "SSH_TTY": "/dev/pts/1"}
TERMINALS = {
    "plain xterm-256color": {"COLORTERM": ""},
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "the terminal's own colours": {"S4S_THEME": "terminal"},
    "light": {"S4S_THEME": "s4s-light"},
    "NO_COLOR": {"NO_COLOR": "1"},
    "SSH": SSH,
    "linux console": {"TERM": "linux", "COLORTERM": ""},
}
SIZES = [(40, 15), (60, 20), (80, 24), (120, 40), (200, 60)]


def walks(start: Start, server: Server, size: tuple[int, int], env: dict[str, str]) -> None:
    terminal = start(S4S_API_URL=server.url, size=size, **env)
    terminal.wait("Country")
    terminal.type("germ\rteleg\r")
    terminal.wait("Pay 3,000 sats")
    terminal.clipboard = None
    terminal.key("c")
    terminal.until(lambda: (terminal.clipboard or "").startswith("lnbc"), "the invoice was not copied")
    server.pay(server.order)
    terminal.wait("Held, not spent")
    assert all(len(line) <= size[0] for line in terminal.text().split("\n"))
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0


@pytest.mark.parametrize("name", TERMINALS)
def test_from_a_country_to_a_paid_invoice_in_any_terminal(server: Server, start: Start, name: str) -> None:
    walks(start, server, (80, 24), TERMINALS[name])


@pytest.mark.parametrize("size", SIZES, ids=[f"{columns}x{rows}" for columns, rows in SIZES])
def test_from_a_country_to_a_paid_invoice_at_any_size(server: Server, start: Start, size: tuple[int, int]) -> None:
    walks(start, server, size, SSH)


@pytest.mark.parametrize(("term", "sentence"), [("", "TERM is not set"), ("dumb", "this terminal is dumb")])
def test_a_terminal_that_can_show_no_screens_gets_a_sentence(start: Start, term: str, sentence: str) -> None:
    terminal = start(TERM=term)
    assert terminal.wait_exit() == 2
    assert sentence in terminal.text()
