"""What reaches the terminal as colours, by the settings and the environment."""

import re

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import goes_online
from tests.acceptance.server import Server

pytestmark = pytest.mark.pty

SGR = re.compile(rb"\x1b\[([\d;:]*)m")
INK = (b"38;2;0;0;0", b"48;2;255;255;255")
"""Black on white: of the QR code alone, whatever the theme."""


def colours(written: bytes) -> set[bytes]:
    """The colours that were set, each as it was written."""
    found = set()
    for codes in SGR.findall(written):
        for colour in re.findall(rb"(?<!\d)(?:[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|(?:[349]|10)[0-7])(?!\d)", codes):
            found.add(colour)
    return found


@pytest.mark.parametrize(("name", "value"), [("S4S_THEME", "terminal"), ("NO_COLOR", "1")])
def test_without_our_colours_only_the_qr_code_is_painted(server: Server, start: Start, name: str, value: str) -> None:
    terminal = start(S4S_API_URL=server.url, COLORTERM="truecolor", **{name: value})
    goes_online(terminal)
    terminal.settle()
    before = colours(bytes(terminal.transcript))
    assert "▸" in terminal.text(), "the mark is seen without a colour"
    assert not [one for one in before if one[1:4] in {b"8;2", b"8;5"}], "a colour that is not the terminal's own"
    assert bool(before) == (name == "S4S_THEME")
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    terminal.settle()
    assert colours(bytes(terminal.transcript)) - before <= {*INK, *(b"3%d" % n for n in range(8))}
    assert set(INK) <= colours(bytes(terminal.transcript))


def test_our_own_colours_are_written_as_the_terminal_can_show_them(server: Server, start: Start) -> None:
    for able, mark in (("truecolor", b"48;2;"), ("", b"48;5;")):
        terminal = start(S4S_API_URL=server.url, COLORTERM=able)
        goes_online(terminal)
        terminal.settle()
        assert mark in b" ".join(colours(bytes(terminal.transcript)))
