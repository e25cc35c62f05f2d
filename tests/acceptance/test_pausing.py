"""Ctrl+Z and fg, in a shell with job control: the terminal is the shell's meanwhile, and comes back as it was left."""

import os
import select
import shlex
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.manners import AT_REST, keyboards, modes
from tests.acceptance.screen import goes_online
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

PROMPT = b"ready> "
TOOK_SCREEN = b"\x1b[?1049h"


class Shell(Terminal):
    """bash on a terminal, and what a person types at its prompt."""

    def runs(self, command: str) -> str:
        """Run a command to its end; what it wrote."""
        begin = self.starts(command)
        self._prompts_after(begin)
        return bytes(self.transcript[begin:]).decode().partition("\r\n")[2].rpartition("\n")[0].strip()

    def starts(self, command: str) -> int:
        """Type a command; where in the transcript its output begins."""
        begin = self.written
        self.type(f"{command}\r")
        return begin

    def opens(self, command: str) -> None:
        """Start or continue the program; until it has taken the screen and drawn."""
        begin = self.starts(command)
        self.until(lambda: TOOK_SCREEN in self.transcript[begin:], f"{command!r} brought no program")
        self.settle()

    def pauses(self) -> None:
        """Press Ctrl+Z; until the shell has its prompt again."""
        self.leaves("ctrl+z")
        assert "Stopped" in self.runs("jobs")

    def leaves(self, key: str) -> None:
        """Press a key that ends or stops the program; until the shell has its prompt again."""
        begin = self.written
        self.key(key)
        self._prompts_after(begin)

    def is_stopped(self, pid: int) -> None:
        """Have the program stopped by somebody else; until the shell has its prompt again."""
        begin = self.written
        os.kill(pid, signal.SIGSTOP)
        self._prompts_after(begin)

    def waits_for_the_foreground(self) -> None:
        """Until the job in the background has stopped because it wants the terminal."""
        for _ in range(100):
            if "Stopped" in self.runs("jobs"):
                return
            self.listen(0.05)
        raise AssertionError("it did not wait for the foreground")

    def _prompts_after(self, begin: int) -> None:
        self.until(lambda: PROMPT in self.transcript[begin:], "the shell has no prompt")


@pytest.fixture
def shell(program: list[str], folders: dict[str, str], server: Server, tmp_path: Path) -> Iterator[Shell]:
    """A shell in which `$s4s` is the program."""
    env = folders | {"S4S_API_URL": server.url, "s4s": shlex.join(program), "PS1": PROMPT.decode(), "HISTFILE": ""}
    argv = ["bash", "--noprofile", "--norc", "--noediting", "-i"]  # no line editor: it sets modes of its own
    with Shell(argv, size=(100, 36), env=env, cwd=tmp_path) as shell:
        shell.wait(PROMPT.decode().rstrip())
        yield shell


@pytest.mark.parametrize("where", ["in the search", "above a question"])
def test_ctrl_z_gives_the_terminal_back_as_it_was_and_fg_draws_everything_again(shell: Shell, where: str) -> None:
    before = shell.runs("stty -g")
    shell.opens("$s4s")
    goes_online(shell)
    shell.type("germ")
    shell.wait("1 of 185")
    if where != "in the search":
        shell.key("f1")
        shell.wait("Back to the shell; fg goes on here")
    shell.settle()
    picture = shell.text()

    shell.pauses()
    assert shell.runs("stty -g") == before
    assert (modes(shell), keyboards(shell)) == (AT_REST, 0)

    shell.opens("fg")
    assert shell.text() == picture
    assert {1049, 1000, 2004} <= modes(shell), "no screen, mouse or paste of its own"
    if where == "in the search":
        shell.type("any")
        shell.wait("germany")

    shell.leaves("ctrl+c")
    assert shell.runs("echo over $?") == "over 0"
    assert shell.runs("stty -g") == before
    assert (modes(shell), keyboards(shell)) == (AT_REST, 0)


def test_what_happened_while_the_program_was_stopped_is_seen_at_once_after_fg(server: Server, shell: Shell) -> None:
    shell.opens("$s4s")
    shell.type("germ\rteleg\r")
    shell.wait("Payable for")
    shell.pauses()
    asked = server.count("/orderstatus")
    shell.listen(2.5)  # more than a question's time
    assert server.count("/orderstatus") == asked, "a stopped program asked"
    server.pay(server.order)
    begun = time.monotonic()
    shell.opens("fg")
    shell.wait("Held, not spent")
    assert time.monotonic() - begun < 1.5


def test_another_program_follows_the_orders_of_one_that_is_stopped(server: Server, shell: Shell, start: Start) -> None:
    shell.opens("$s4s")
    shell.type("germ\rteleg\r")
    shell.wait("Payable for")
    other = start(S4S_API_URL=server.url)
    other.wait("1 open")
    other.key("f6")
    other.wait("Telegram")
    other.key("enter")
    other.wait("Payable for")
    shell.pauses()
    server.pay(server.order)
    other.wait("Held, not spent", timeout=15)  # without a word it takes 20 s to notice


def test_a_job_in_the_background_leaves_the_terminal_alone_until_it_is_in_front(shell: Shell) -> None:
    shell.starts("$s4s &")
    begin = shell.written
    shell.waits_for_the_foreground()
    assert TOOK_SCREEN not in shell.transcript[begin:]
    shell.opens("fg")
    shell.pauses()
    begin = shell.written
    shell.runs("bg")
    shell.waits_for_the_foreground()
    assert TOOK_SCREEN not in shell.transcript[begin:]
    shell.opens("fg")
    shell.leaves("ctrl+q")
    assert shell.runs("echo over $?") == "over 0"


def test_a_wrapper_around_the_program_stops_with_it(shell: Shell) -> None:
    shell.opens("sh -c '$s4s; echo it ended with $?'")
    shell.pauses()
    shell.opens("fg")
    shell.leaves("ctrl+q")
    shell.wait("it ended with 0")


def test_a_program_stopped_from_outside_knows_the_terminal_again(shell: Shell) -> None:
    before = shell.runs("stty -g")
    shell.opens("$s4s")
    shell.pauses()
    pid = int(shell.runs("jobs -p"))
    shell.opens("fg")
    shell.is_stopped(pid)
    shell.opens("fg")
    shell.leaves("ctrl+q")
    assert shell.runs("echo over $?") == "over 0"
    assert shell.runs("stty -g") == before
    assert (modes(shell), keyboards(shell)) == (AT_REST, 0)


def test_a_terminal_closed_while_the_program_is_stopped_ends_it(shell: Shell, tmp_path: Path) -> None:
    alive = tmp_path / "alive"  # a pipe whose other end the program alone holds open
    os.mkfifo(alive)
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    try:
        shell.opens("$s4s 9> alive")
        shell.pauses()
        assert select.select([reader], [], [], 0) == ([], [], []), "it has ended already"
        shell.hang_up()
        assert select.select([reader], [], [], 5)[0], "it goes on without a terminal"
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_without_a_shell_above_it_ctrl_z_does_not_freeze_the_program(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url)
    goes_online(terminal)
    terminal.key("ctrl+z")
    terminal.type("germ")
    terminal.wait("1 of 185")
    terminal.key("f1")
    terminal.wait("Keys that work here")
    terminal.settle()
    assert "fg" not in terminal.text()
