"""Textual's driver for a terminal that may be handed back for a while (Ctrl+Z), and one that may go away.

A closed window, a connection that broke: Textual writes from a thread that ends at the first error; what is written
then piles up until the program hangs, and neither SIGHUP nor SIGTERM ends it any more (measured on 8.2.8).

Stopping: Textual sends itself SIGSTOP, alone and always. So a program without a shell above it freezes for good, a
wrapper around it goes on waiting in the foreground, and every SIGCONT starts a second thread that reads the keys and
takes the raw mode for what is to be restored at the end. Here the whole job stops by SIGTSTP, as at a key of the
terminal's own, and only the way back to the foreground draws again.
"""

import asyncio
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from textual.drivers.linux_driver import LinuxDriver

from s4s_tui.terminal.jobs import has_job_control
from s4s_tui.ui.base import StatefulApp

if TYPE_CHECKING:
    from textual.app import App

_KEEP_TITLE = "\x1b[22;2t"  # xterm: push the window's title, pop it
_TITLE_BACK = "\x1b[23;2t"
_NO_MOUSE_PIXELS = "\x1b[?1016l"
_AFRESH = b"\x18\x1b\\\x1b[0m"
"""Ends whatever sequence or style the terminal is in the middle of: cancel, string terminator, no style."""
_PATIENCE = 0.6
"""Seconds that a terminal may take nothing at all before it counts as stalled; the end has to come within a second."""


class _Forgiving:
    """A stream for writing that takes what a terminal no longer takes: a lost one, or one that nobody reads just now.

    A terminal stalls with the connection behind it. Waiting for it would stop the whole program: no order followed, no
    signal heard. So what it does not take is left out, and `recovered` is called as soon as it takes something again.
    """

    def __init__(self, stream: TextIO, recovered: Callable[[], None]) -> None:
        self.fileno = stream.fileno
        self._recovered = recovered
        self._waiting: list[str] = []
        self._stalled = False
        self._torn = False
        self._way = _way_that_never_blocks(stream.fileno())

    def write(self, text: str) -> None:
        """Keep for the next `flush`, which Textual's writing thread calls at every pause."""
        self._waiting.append(text)

    def flush(self) -> None:
        """Send what can be sent."""
        data = "".join(self._waiting).encode(errors="backslashreplace")
        self._waiting.clear()
        if self._stalled:  # looked at once, for another thread ends it
            return
        if self._torn:
            data, self._torn = _AFRESH + data, False
        with suppress(OSError):
            while data:
                try:
                    data = data[os.write(self._way, data) :]
                except BlockingIOError:
                    if not select.select([], [self._way], [], _PATIENCE)[1]:
                        self._stalled = self._torn = True  # what it took last may end within a sequence
                        threading.Thread(target=self._wait, name="stalled terminal", daemon=True).start()
                        return

    def _wait(self) -> None:
        """Until the terminal takes something again; nothing may be left to write that would notice it."""
        with suppress(OSError, ValueError):  # lost, or closed at the end of the program
            select.select([], [self._way], [])
        self._stalled = False
        self._recovered()


def _way_that_never_blocks(terminal: int) -> int:
    """A descriptor of the same terminal; of its own, because not to block is a trait that others would share."""
    try:
        return os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:  # no terminal, or none with a name in here (a container's)
        return terminal


class TerminalDriver(LinuxDriver):
    """Hands the terminal back while the program is stopped, and ends it in order when the terminal is lost."""

    def __init__(
        self, app: "App[object]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        self._program = app
        if isinstance(app, StatefulApp):
            app.terminal = self
        self._titled = False
        self._ours = False
        """Whether the terminal is ours to write to: neither handed back nor lost."""
        # Textual takes the stream from here when it is made; it asks for no other by any public name.
        stream = sys.__stderr__
        if stream is not None:
            vars(sys)["__stderr__"] = _Forgiving(stream, self._draw_again)
        try:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
        finally:
            vars(sys)["__stderr__"] = stream
        self._listen_no_more()  # Textual's own handlers

    def start_application_mode(self) -> None:
        """Take the terminal, as soon as the program is in the foreground."""
        self._ours = self._in_foreground()
        if self._ours:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say
            self._listen()  # not before: the way to the foreground is a SIGCONT, too
        else:
            signal.raise_signal(signal.SIGHUP)

    def stop_application_mode(self) -> None:
        """Hand the terminal back as it was."""
        self.title("")
        self.write(_NO_MOUSE_PIXELS)  # Textual turns it on where a terminal can, and never off
        super().stop_application_mode()
        self._ours = False  # what is told after that, such as an answer that comes at the end, is not for the shell

    def close(self) -> None:
        """Write what is left; from here on nothing more."""
        self._listen_no_more()
        super().close()
        self._ours = False

    def write(self, data: str) -> None:
        """Write while the terminal is ours; else nobody reads it, and Textual would wait for a reader."""
        if self._ours:
            super().write(data)

    def title(self, text: str) -> None:
        """Call the window so; its own name is kept by the terminal meanwhile, and given back by ""."""
        if bool(text) != self._titled:
            self.write(_KEEP_TITLE if text else _TITLE_BACK)
        self._titled = bool(text)
        if text:
            self.write(f"\x1b]2;{text}\x1b\\")

    def run_input_thread(self) -> None:
        """Read keys; a terminal that can no longer be read has gone away."""
        try:
            super().run_input_thread()
        except OSError:
            os.kill(os.getpid(), signal.SIGHUP)

    def pause(self) -> None:
        """Stop the job, wrappers around the program included; returns after `fg`."""
        if not has_job_control():  # nobody could continue the program
            return
        self.suspend_application_mode()
        self._program.app_suspend_signal.publish(self._program)  # nothing of the program runs between this and the stop
        os.killpg(os.getpgrp(), signal.SIGTSTP)  # stopped here
        self._go_on()

    def _continued(self) -> None:
        """Continued without a pause of ours (`kill -STOP`): the terminal may have been anybody's in between."""
        if self._ours and self._in_foreground():
            self.suspend_application_mode()
            self._go_on()

    def _go_on(self) -> None:
        self.resume_application_mode()
        self._draw_again()

    def _draw_again(self) -> None:
        self.send_message(self.SignalResume())

    def _in_foreground(self) -> bool:
        """Wait for the foreground: setting the terminal from behind stops a job until `fg`. False: it is lost."""
        try:
            termios.tcsetattr(self.fileno, termios.TCSANOW, termios.tcgetattr(self.fileno))
        except termios.error:
            return False
        return True

    def _listen(self) -> None:
        # Callbacks of the loop, not handlers that cut in anywhere: those could meet the writer's lock held.
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self.pause)
        loop.add_signal_handler(signal.SIGCONT, self._continued)

    def _listen_no_more(self) -> None:
        for number in (signal.SIGTSTP, signal.SIGCONT):
            if not asyncio.get_running_loop().remove_signal_handler(number):
                signal.signal(number, signal.SIG_DFL)
