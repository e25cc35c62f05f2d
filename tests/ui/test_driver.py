"""The stream to a terminal that takes nothing for a while: nothing waits for it, and what follows is drawn right."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

linux_driver = pytest.importorskip("s4s_tui.ui.driver", reason="the driver of Unix terminals")

STYLED = "\x1b[1;31mred\x1b]2;a title"
"""What it may be cut off within: a style, and the name of the window."""


class Stalling:
    """A pipe in the place of a terminal, read only when the test reads it."""

    def __init__(self) -> None:
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(writer, False)
        self.writer = os.fdopen(writer, "w")
        self.recovered = threading.Event()
        self.stream = linux_driver._Forgiving(self.writer, self.recovered.set)

    def writes(self, text: str) -> None:
        """As Textual's writing thread does."""
        self.stream.write(text)
        self.stream.flush()

    def reads(self) -> str:
        """All that is there."""
        read = b""
        with suppress(BlockingIOError):
            while more := os.read(self.reader, 1 << 16):
                read += more
        return read.decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stalling]:
    monkeypatch.setattr(linux_driver, "_PATIENCE", 0.01)
    stalling = Stalling()
    yield stalling
    stalling.writer.close()
    os.close(stalling.reader)


def test_what_a_terminal_takes_is_written_as_it_is(terminal: Stalling) -> None:
    terminal.writes(STYLED)
    terminal.writes("next")
    assert terminal.reads() == f"{STYLED}next"
    assert not terminal.recovered.is_set()


def test_what_follows_a_stall_begins_in_no_sequence_and_in_no_style(terminal: Stalling) -> None:
    terminal.writes(STYLED * 100_000)
    terminal.writes("left out")
    assert not terminal.recovered.is_set()
    taken = terminal.reads()
    assert STYLED in taken
    assert "left out" not in taken
    assert terminal.recovered.wait(10)
    terminal.writes("next")
    terminal.writes(" and next")
    assert terminal.reads() == "\x18\x1b\\\x1b[0mnext and next"
