"""How one who looks elsewhere is told, on a terminal: title, desktop, bell, each as it is wished."""

import re

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import goes_online
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

NUMBER, CODE = "4915112345678", "048010"
KEEP, BACK = b"\x1b[22;2t", b"\x1b[23;2t"


def titles(terminal: Terminal) -> list[str]:
    """What the window was called, one after the other."""
    return [title.decode() for title in re.findall(rb"\x1b\]2;([^\x1b]*)\x1b\\", terminal.transcript)]


def receives(terminal: Terminal, server: Server) -> None:
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    server.pay(server.order)
    server.assign(server.order, NUMBER)
    terminal.wait("+49 151 123 45678")
    server.deliver(server.order, CODE)
    terminal.wait("Your code for Telegram")


def test_title_and_desktop_tell_the_state_and_never_the_code(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url, TERM_PROGRAM="WezTerm")
    goes_online(terminal)
    receives(terminal, server)
    terminal.until(lambda: titles(terminal)[-1].startswith("s4s · Code received"), "the title does not tell")
    told = re.findall(rb"\x1b\]777;notify;s4s;([^\x1b]*)\x1b\\", terminal.transcript)
    assert [words.decode() for words in told][-1] == "Telegram · Germany: the code is there"
    assert len(told) <= 2, "the number, if it was seen by itself, and the code"
    for written in (*titles(terminal), *(words.decode() for words in told)):
        assert CODE not in written
        assert NUMBER not in written
    assert titles(terminal)[0] == "s4s"
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0
    written = bytes(terminal.transcript)
    assert written.count(KEEP) == written.count(BACK) == 1
    assert written.index(KEEP) < written.index(b"\x1b]2;") < written.index(BACK)


def test_each_can_be_switched_off(server: Server, start: Start) -> None:
    terminal = start(
        S4S_API_URL=server.url, TERM_PROGRAM="WezTerm", S4S_NOTIFY="off", S4S_WINDOW_TITLE="false", S4S_BELL="false"
    )
    goes_online(terminal)
    receives(terminal, server)
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.bells == 0
    written = bytes(terminal.transcript)
    assert KEEP not in written
    assert b"\x1b]2;" not in written
    assert b"\x1b]777" not in written


def test_nothing_is_told_again_after_a_restart(server: Server, start: Start) -> None:
    first = start(S4S_API_URL=server.url, TERM_PROGRAM="WezTerm")
    goes_online(first)
    receives(first, server)
    first.key("ctrl+q")
    assert first.wait_exit() == 0
    again = start(S4S_API_URL=server.url, TERM_PROGRAM="WezTerm")
    goes_online(again)
    again.key("f6")
    again.wait("Code received")
    again.settle()
    assert again.bells == 0
    assert b"\x1b]777" not in bytes(again.transcript)
    again.key("ctrl+q")
    assert again.wait_exit() == 0


def test_a_code_is_copied_as_it_comes_where_that_is_wished_and_taken_back(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url, S4S_COPY_CODE="true", S4S_CLEAR_CLIPBOARD="600", SSH_TTY="/dev/pts/1")
    goes_online(terminal)
    receives(terminal, server)
    terminal.until(lambda: terminal.clipboard == CODE, "the code was not copied")
    terminal.wait("the code was copied as it came")
    terminal.wait("600 s")
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.clipboard == "", "a copy with a time outlives the program"
