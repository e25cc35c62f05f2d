"""A network that breaks while money is held, and the server's word that it went back.

Its waits are the program's own (2, 3, 5, 5, 5 s), so it takes longest; by its name it is among the first.
"""

import re

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.server import NO_NUMBER, Server
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b(?!:)")


def standing(terminal: Terminal, quiet: float = 0.15) -> list[str]:
    """All lines below the status line, without the clock that ticks, once nothing was written for `quiet` seconds."""
    terminal.settle(quiet)
    lines = terminal.text().split("\n")[1:]
    return [_CLOCK.sub("m:ss", line) if "should be back in" in line else line for line in lines]


@pytest.mark.parametrize("server", ["docs"], indirect=True)
def test_five_network_errors_change_only_the_status_line_and_no_number_says_returned(
    server: Server, start: Start
) -> None:
    terminal = start(S4S_API_URL=server.url)
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    order = server.order
    server.pay(order)
    terminal.wait("Held, not spent")
    terminal.wait("● online")
    terminal.wait("? Keys")
    before = standing(terminal, quiet=0.6)
    assert any("m:ss" in line for line in before), "the deadline ticks"

    server.break_network(5)
    for failures in range(1, 6):
        terminal.wait(f"✗ no answer ({failures})")
        assert standing(terminal) == before
    terminal.wait("● online")
    assert standing(terminal) == before
    assert [request.answered for request in server.log].count(False) == 5

    server.fail(order)
    terminal.wait("Returned: no number")
    wait_sentence(terminal, "3,000 sats went back to your wallet")
    wait_sentence(terminal, f"The server said: {NO_NUMBER}")
    terminal.gone("Held, not spent")
    terminal.gone("1 open")
    assert terminal.bells == 1, "once, for the money that came back"
