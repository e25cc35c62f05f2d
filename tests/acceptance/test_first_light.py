"""The main job, whole: typed blind on a terminal, against a server that speaks the documented API and is not ours."""

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.server import GERMANY, Server
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty

NUMBER = "4915112345678"
CODE = "048010"


def shown(terminal: Terminal, server: Server, words: str, *, known: float) -> None:
    """The words are on the screen with the first answer that has them; `known` is when the server knew (monotonic).

    One more question may be read while this terminal is looked at.
    """
    terminal.wait(words)
    asked = [request for request in server.log if request.path == "/orderstatus" and request.at > known]
    assert 1 <= len(asked) <= 2, f"{words!r} was shown after {len(asked)} questions"


def copied(terminal: Terminal, what: str) -> str | None:
    """What `c` puts on the terminal's clipboard, once the program says that it did."""
    terminal.clipboard = None
    terminal.key("c")
    terminal.wait(f"{what}: Sent to the terminal's")
    terminal.wait("(OSC 52)")
    return terminal.clipboard


@pytest.mark.parametrize(
    ("server", "env"),
    [("live", {}), ("docs", {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "DISPLAY": ":0"})],
    ids=["numbers as strings, no display", "numbers as numbers, over SSH"],
    indirect=["server"],
)
def test_typed_blind_from_country_to_code(server: Server, start: Start, env: dict[str, str]) -> None:
    terminal = start(S4S_API_URL=server.url, **env)
    terminal.type("germ\rteleg\r")  # nothing is painted yet

    terminal.wait("Payable for")
    order = server.order
    for words in ("Telegram · Germany", "Pay 3,000 sats", "3,000 sats as quoted", "belongs to this order", "1 open"):
        terminal.wait(words)
    asked = server.wait("/createorder")
    assert (asked.body, asked.query) == ({"country": GERMANY, "service": "tg"}, {})
    assert (asked.headers["content-type"], asked.headers["user-agent"][:8]) == ("application/json", "s4s-tui/")
    assert server.count("/createorder") == 1
    assert copied(terminal, "Invoice") == order.payreq
    assert b"Held, not spent" not in terminal.transcript, "said before the server said paid"

    shown(terminal, server, "Held, not spent", known=server.pay(order))
    assert b"Held, not spent" in terminal.transcript
    terminal.gone("Pay 3,000 sats")

    shown(terminal, server, "+49 151 123 45678", known=server.assign(order, NUMBER))
    terminal.wait(f"+{NUMBER}")
    assert copied(terminal, "Number") == f"+{NUMBER}"
    assert terminal.bells == 1, "the bell rings once when the number is there"

    shown(terminal, server, f" {CODE} ", known=server.deliver(order, CODE))
    terminal.wait("3,000 sats settled")
    assert copied(terminal, "Code") == CODE
    assert terminal.bells == 2, "and once when the code is there"

    terminal.key("q")
    assert terminal.wait_exit() == 0
    assert terminal.bells == 2
    assert b"open" not in bytes(terminal.transcript).rpartition(b"\x1b[?1049l")[2], "no order was left open"
