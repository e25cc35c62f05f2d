"""A server that writes escape sequences into everything: none of it reaches the terminal, on whatever screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance import tour
from tests.acceptance.conftest import Start
from tests.acceptance.hostile import LONG, RAW, SHORT, HostileServer
from tests.acceptance.screen import sentences, wait_sentence
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

KEY = "a-key-of-this-test"
OWN = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[0-9]+;[0-9]+H"  # the cursor
    rb"|\x1b\[\?[0-9;]+[hl$p]+"  # modes, and questions for them
    rb"|\x1b\[[<>=]?[0-9;]*u"  # the keyboard
    rb"|\x1b\[(?:22|23);2t"  # the title is put away, and brought back
    rb"|\x1b\]22;[a-z]+(?:\x07|\x1b\\)"  # the pointer's shape
    rb"|\x1b\]2;[^\x00-\x1f\x7f]*(?:\x07|\x1b\\)"  # the title
    rb"|\x1b\]777;notify;s4s;[^\x00-\x1f\x7f;]*\x1b\\"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)"  # what was copied by a key
    rb"|\x07|\r|\n"
)
"""All that the program itself writes beside letters."""


@pytest.fixture
def hostile() -> Iterator[HostileServer]:
    server = HostileServer()
    server.start()
    yield server
    server.stop()


def unexpected(terminal: Terminal) -> set[bytes]:
    """The control sequences, and what else is no letter, that the program does not write by itself."""
    rest = OWN.sub(b"", bytes(terminal.transcript)).decode()
    return {rest[match.start() : match.start() + 12].encode() for match in re.finditer(r"[\x00-\x1f\x7f-\x9f]", rest)}


def test_no_escape_of_the_server_reaches_the_terminal_on_any_screen(
    hostile: HostileServer, start: Start, tmp_path: Path
) -> None:
    terminal = start(
        "--log", "program.log", size=(110, 40), S4S_API_URL=hostile.url, S4S_API_KEY=KEY, S4S_NOTIFY="osc777"
    )
    terminal.wait("Country")
    terminal.type("evil")
    wait_sentence(terminal, "Evil01234567891011[red]R[/red] [@click=app.quit]q[/]")
    terminal.key("ctrl+u")
    order = tour.orders(terminal, hostile)
    tour.receives(terminal, hostile, order, f"+491700000{SHORT}", LONG, seen="<script>x</script>")
    tour.goes_round(terminal, search="evil")
    terminal.wait("Evil01234567891011[red]R")
    tour.visits_account(terminal, lambda: "Evil01234567891011" in sentences(terminal))
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0
    raw = bytes(terminal.transcript)
    kept = raw.replace(b"\x1b]52;c;", b"")
    assert [piece for piece in RAW if piece in kept] == []
    assert unexpected(terminal) == set()
    assert terminal.clipboard is not None
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", terminal.clipboard)
    log = (tmp_path / "program.log").read_bytes()
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", log)
    assert b"Evil" not in log
    for path in ("/getCountries", "/createorder", "/orderstatus", "/createsendorder", "/fund", "/history"):
        assert hostile.count(path), f"{path} was not tried"
