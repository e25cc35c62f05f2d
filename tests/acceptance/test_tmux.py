"""Inside a real tmux with its default settings."""

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.screen import goes_online
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

TMUX = shutil.which("tmux")
pytestmark = [pytest.mark.pty, pytest.mark.long, pytest.mark.skipif(TMUX is None, reason="there is no tmux here")]


class Session:
    """A tmux server of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.call = [TMUX or "tmux", "-f", "/dev/null", "-S", str(folder / f"tmux-{uuid.uuid4().hex[:8]}")]

    def says(self, *arguments: str) -> str:
        done = subprocess.run([*self.call, *arguments], capture_output=True, text=True, check=False, timeout=10)
        return done.stdout


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = Session(tmp_path_factory.mktemp("t"))
    yield session
    session.says("kill-server")


def test_a_copied_invoice_is_in_tmuxs_buffer_and_at_the_terminal_outside(
    server: Server, program: list[str], folders: dict[str, str], session: Session, tmp_path: Path
) -> None:
    env = folders | {"S4S_API_URL": server.url, "SSH_TTY": "/dev/pts/1"}
    with Terminal([*session.call, "new-session", *program], size=(100, 36), env=env, cwd=tmp_path) as terminal:
        goes_online(terminal)
        terminal.type("germ\rteleg\r")
        terminal.wait("Payable for")
        terminal.key("c")
        terminal.wait("Invoice: Sent to tmux and the terminal.")
        invoice = session.says("show-buffer")
        assert invoice.startswith("lnbc")
        terminal.until(lambda: terminal.clipboard == invoice, "OSC 52 did not reach the terminal outside")
        server.pay(server.order)
        terminal.wait("Held, not spent")
        assert "s4s · Assigning a number" in session.says("display-message", "-p", "#{pane_title}")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0


def test_a_copy_that_has_its_time_is_taken_back_from_tmux_and_the_terminal_outside(
    server: Server, program: list[str], folders: dict[str, str], session: Session, tmp_path: Path
) -> None:
    env = folders | {"S4S_API_URL": server.url, "SSH_TTY": "/dev/pts/1", "S4S_CLEAR_CLIPBOARD": "1"}
    with Terminal([*session.call, "new-session", *program], size=(100, 36), env=env, cwd=tmp_path) as terminal:
        goes_online(terminal)
        terminal.type("germ\rteleg\r")
        terminal.wait("Payable for")
        invoice = server.order.payreq
        terminal.key("c")
        terminal.until(lambda: terminal.clipboard == invoice, "the invoice was not copied")
        session.says("set-buffer", "of the person")
        terminal.until(lambda: terminal.clipboard == " ", "the terminal outside still holds the invoice")
        terminal.until(lambda: session.says("list-buffers", "-F", "#{buffer_sample}") == "of the person\n", "not gone")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
