"""Textual's driver for a terminal that may go away: a closed window, a connection that broke.

Textual writes from a thread that ends at the first error; what is written then piles up until the program hangs, and
neither SIGHUP nor SIGTERM ends it any more (measured on 8.2.8).
"""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


class _Forgiving:
    """A stream for writing that takes what a lost terminal no longer takes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        """Write what can be written."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Send what can be sent."""
        with suppress(OSError):
            self._stream.flush()


class TerminalDriver(LinuxDriver):
    """Goes on when the terminal is lost, so that the program can end in order."""

    def __init__(
        self, app: "App[object]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        # Textual takes the stream from here when it is made; it asks for no other by any public name.
        stream = sys.__stderr__
        if stream is not None:
            vars(sys)["__stderr__"] = _Forgiving(stream)
        try:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
        finally:
            vars(sys)["__stderr__"] = stream
