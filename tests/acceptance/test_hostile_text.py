"""A server whose every word holds what a terminal would obey: none of it gets there, and the program stays usable."""

import re
from collections import Counter
from zlib import crc32

import pytest

from s4s_tui.sandbox import SandboxOptions
from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.twisted import Twisted, twisted
from tests.hostile import EVIL, FILLERS, PIECES, piles_up
from tests.pty_driver import STRING, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]  # its short version is in test_trouble.py

KEY = "a-key-of-this-test"
CODE = "048010"
_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]|[\r\n\x07]")


def spoilt(text: str) -> str:
    """The text with one of the pieces behind it, always the same one."""
    return text + PIECES[crc32(text.encode()) % len(PIECES)]


def nothing_obeyed(terminal: Terminal) -> None:
    """No piece was written raw, in whole or in part, and none that hides, reverses or piles up."""
    written = terminal.transcript.decode()  # UTF-8 throughout
    assert EVIL not in written
    assert "66;6;66m" not in written, "a colour of the server's"
    raw = [piece for piece in PIECES if not piece.isprintable() and piece.lstrip()[:12] in written]
    assert raw == [], "raw as they came"
    letters = _CONTROL.sub("", STRING.sub(b"", bytes(terminal.transcript)).decode())
    hidden = Counter(char for char in letters if not char.isprintable() or char in FILLERS)
    assert hidden == {}
    assert not piles_up(letters)
    assert terminal.clipboard is None
    assert b"\x1b[6n" not in terminal.transcript, "the terminal was asked where its cursor is"


def leaves(terminal: Terminal, words: str) -> None:
    """One screen back, from the one that says this; a key pressed before would be taken for Alt and that key."""
    terminal.key("esc")
    terminal.gone(words)


def receives_a_code(terminal: Terminal) -> None:
    terminal.type("germ\r")
    terminal.wait("2,900 sats")
    terminal.type("teleg\r")
    terminal.wait("Your code for Telegram")
    terminal.wait(CODE)
    terminal.key("v")
    wait_sentence(terminal, "Order made")
    leaves(terminal, "Order made")
    leaves(terminal, "Your code for")


def looks_around(terminal: Terminal) -> None:
    terminal.key("f6")
    terminal.wait("Code received")
    leaves(terminal, "Code received")
    terminal.key("f9")
    wait_sentence(terminal, "Nothing was funded yet.")
    terminal.key("f")
    terminal.wait("Fund the account")
    wait_sentence(terminal, "the balance rises")
    terminal.key("enter")
    wait_sentence(terminal, "Your balance is")
    leaves(terminal, "Your balance is")
    terminal.wait("sms4sats fund")
    leaves(terminal, "sms4sats fund")
    terminal.key("ctrl+p")
    terminal.type("telegram")
    wait_sentence(terminal, "Service: Telegram")
    leaves(terminal, "Service: Telegram")


def rents(terminal: Terminal) -> None:
    terminal.key("f8")
    terminal.type("germ\r")
    wait_sentence(terminal, "Rentals are not refundable")
    terminal.type("teleg\r")
    terminal.wait("Your number:")
    terminal.until(lambda: re.search(r"▸ \d\d:\d\d:\d\d ", terminal.text()) is not None, "no message came")
    terminal.key("enter")
    terminal.wait("esc Close")
    leaves(terminal, "esc Close")


def meets_faults(terminal: Terminal, server: Twisted) -> None:
    terminal.key("f9")
    shown = "".join(PIECES[:-1])
    for fault in ((400, {"status": "error", "reason": f"Refused {shown}"}), (500, {"error": f"Refused {shown}"})):
        server.fault = fault
        terminal.key("f5")
        wait_sentence(terminal, "Refused")
        server.fault = None
        asked = server.count("/history")
        terminal.key("f5")
        terminal.until(lambda: server.count("/history") > asked, "the history was not asked for")  # noqa: B023
        terminal.gone("Refused")
        terminal.settle()  # until it is read, F5 does nothing
    server.fault = 502, f"<html>{shown}".encode()
    server.headers["Retry-After"] = "\x9b38;2;66;6;66m"
    terminal.key("f5")
    wait_sentence(terminal, "502 Bad Gateway")


def test_no_word_of_a_hostile_server_is_obeyed(start: Start) -> None:
    options = SandboxOptions(
        style="live", pay_after=0.3, number_after=0.3, code_after=0.3, code=CODE, keys={KEY: 50_000}
    )
    with twisted(spoilt, options) as server:
        server.headers["X-Note"] = "\x1b]52;c;EVIL\x07 \x9d52;c;EVIL\x9c"
        terminal = start(S4S_API_URL=server.url, S4S_API_KEY=KEY, TERM_PROGRAM="WezTerm", size=(120, 40))
        terminal.wait("Country")
        receives_a_code(terminal)
        looks_around(terminal)
        rents(terminal)
        meets_faults(terminal, server)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        nothing_obeyed(terminal)
