"""On a terminal, against the sandbox: a number is rented and receives three messages; the balance pays for a code."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions
from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

KEY = "a-key-that-nobody-may-see"
CODE = "048010"
_ROW = re.compile(r"[ ▸]+\d\d:\d\d:\d\d {2,}([^▌]+)")


@contextmanager
def running(options: SandboxOptions) -> Iterator[Sandbox]:
    sandbox = Sandbox(options)
    sandbox.start()
    try:
        yield sandbox
    finally:
        sandbox.stop()


def inbox(terminal: Terminal) -> list[str]:
    """The messages on the screen, from top to bottom."""
    rows = (_ROW.match(line) for line in terminal.text().split("\n"))
    return [row[1].strip() for row in rows if row is not None]


def asks_until(terminal: Terminal, messages: int) -> None:
    """Ask the server now and then, as a person does who waits for a message."""

    def there() -> bool:
        terminal.key("f5")
        terminal.listen(0.4)
        return len(inbox(terminal)) >= messages

    terminal.until(there, f"message {messages} never came")


def test_a_number_is_rented_and_three_messages_are_read(start: Start) -> None:
    options = SandboxOptions(pay_after=0.3, number_after=0.3, code_after=3.3, code=CODE, seed=7)
    with running(options) as sandbox:
        terminal = start(S4S_API_URL=sandbox.url)
        terminal.key("f8")
        terminal.type("germ\r")
        wait_sentence(terminal, "Rentals are not refundable, and for some services they often fail")
        terminal.type("teleg\r")
        terminal.wait("Your number:")
        terminal.wait("+49 15")
        terminal.wait(CODE)
        asks_until(terminal, 2)
        asks_until(terminal, 3)
        newest, words, first = inbox(terminal)
        assert first == CODE
        assert words.startswith("Telegram: your code is ")
        assert newest.isdigit()
        assert terminal.bells == 4, "the number and three messages"

        terminal.key("down")
        terminal.clipboard = None
        terminal.key("c")
        terminal.until(lambda: terminal.clipboard == words, "the marked message was not copied")
        terminal.key("enter")
        terminal.wait("Received ")
        terminal.wait("esc Close")
        terminal.key("esc")
        terminal.key("f6")
        terminal.wait("Receiving (3)")
        terminal.key("q")
        assert terminal.wait_exit() == 0


def test_a_code_is_received_from_the_balance_and_the_key_is_never_shown(start: Start) -> None:
    options = SandboxOptions(number_after=0.3, code_after=0.3, code=CODE, keys={KEY: 50_000})
    with running(options) as sandbox:
        terminal = start(S4S_API_URL=sandbox.url, S4S_API_KEY=KEY)
        terminal.type("germ\rteleg")
        terminal.wait("1 of ")
        terminal.key("f4")
        terminal.wait("From balance")
        terminal.wait("Enter asks before the balance pays.")
        terminal.key("enter")
        wait_sentence(terminal, "from the balance for Telegram · Germany?")
        wait_sentence(terminal, "Balance: 50,000 sats now, ")
        terminal.key("y")
        terminal.wait("Your code for Telegram:")
        terminal.wait(f" {CODE} ")
        terminal.key("q")
        assert terminal.wait_exit() == 0
        assert KEY.encode() not in terminal.transcript
