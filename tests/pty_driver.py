"""A program on a real pseudo terminal, and the screen that it draws: what a person would see and do."""

import base64
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

KEYS = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "insert": "\x1b[2~", "delete": "\x1b[3~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}  # fmt: skip

# The program's own environment decides about these; ours must not leak in.
_NOT_INHERITED = re.compile(
    r"(SSH_|LC_|XDG_|S4S_|TEXTUAL|COV_|.*_PROXY$|.*_proxy$)|"
    r"(NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|TMUX|STY|DISPLAY|WAYLAND_DISPLAY|TERM_PROGRAM|KITTY_WINDOW_ID|VTE_VERSION)$|"
    r"PYTHONDONTWRITEBYTECODE$"  # an installed program is compiled once, not at every start
)
# A process gets its controlling terminal by asking for it; preexec_fn is not safe beside threads.
_SHIM = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X](?:[^\x07\x1b]|\x1b(?!\\))*)?\Z")
STRING = re.compile(rb"\x1b[\]P_^X](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\)")
"""A whole string for the terminal itself: a title, a link, something to copy."""
_CLIPBOARD = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/]*={0,2})(?:\x07|\x1b\\)")
# pyte draws, or stumbles over, private queries and the keyboard protocols' sequences.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[[0-?]*[ -/]+[@-~]|\x1b\[\?[0-9;]*[^0-9;hl]")


class Terminal:
    """A program on a pty; leaving the context ends it and reaps it."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Start `argv` on a terminal of `size` (columns, rows); `env` is laid over a neutral environment."""
        self.screen: Any = pyte.Screen(*size)
        self.clipboard: str | None = None
        """What the program last put on the clipboard by OSC 52."""
        self.bells = 0
        self.transcript = bytearray()
        """All bytes that the program wrote so far."""
        self._stream: Any = pyte.ByteStream(self.screen)
        self._unfinished = b""
        self._ended = False
        self._open = True
        self._master, slave = pty.openpty()
        self._set_size(*size)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _SHIM, *map(str, argv)],
                stdin=slave, stdout=slave, stderr=slave, env=_environment(env or {}), cwd=cwd, start_new_session=True,
            )  # fmt: skip
        except OSError:
            os.close(self._master)
            raise
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the terminal away, end the program if it still runs, and reap it."""
        if self.process.poll() is None:
            self.kill9()
        self._take_away()

    @property
    def written(self) -> int:
        """How many bytes the program wrote so far."""
        return len(self.transcript)

    # -- what a person sees

    def text(self) -> str:
        """The screen's rows, without the blanks at their ends."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def wait(self, text: str, timeout: float = 15) -> float:
        """Until the screen shows `text`; returns the seconds it took."""
        return self.until(lambda: text in self.text(), f"the screen never showed {text!r}", timeout)

    def gone(self, text: str, timeout: float = 15) -> float:
        """Until the screen no longer shows `text`; returns the seconds it took."""
        return self.until(lambda: text not in self.text(), f"the screen still shows {text!r}", timeout)

    def until(self, holds: Callable[[], bool], complaint: str, timeout: float = 15) -> float:
        """Read until `holds()`; fails with `complaint` and the screen. Returns the seconds it took."""
        begun = time.monotonic()
        while not holds():
            left = begun + timeout - time.monotonic()
            if self._ended or left <= 0:
                raise self._failed(f"{complaint} ({'the program ended' if self._ended else f'{timeout:g} s'})")
            self._read(left)
        return time.monotonic() - begun

    def settle(self, quiet: float = 0.15, timeout: float = 15) -> None:
        """Until the program has written nothing for `quiet` seconds, so that no half-drawn screen is looked at."""
        deadline = time.monotonic() + timeout
        while self._read(quiet):
            if time.monotonic() > deadline:
                raise self._failed(f"the program wrote on and on for {timeout:g} s")

    def listen(self, seconds: float) -> int:
        """Watch for `seconds`; returns how many bytes the program wrote in that time."""
        before, deadline = self.written, time.monotonic() + seconds
        while not self._ended and (left := deadline - time.monotonic()) > 0:
            self._read(left)
        return self.written - before

    def wait_exit(self, timeout: float = 15) -> int:
        """Until the program has ended by itself; returns its exit status (negative: the signal)."""
        deadline = time.monotonic() + timeout
        while not self._ended and self.process.poll() is None and time.monotonic() < deadline:
            self._read(0.05)
        try:
            status = self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise self._failed(f"the program did not end in {timeout:g} s") from None
        while not self._ended and self._read(0):
            pass
        return status

    # -- what a person does

    def type(self, text: str) -> None:
        """Type `text` as it is."""
        os.write(self._master, text.encode())

    def key(self, name: str) -> None:
        """Press a key: a name of KEYS, `ctrl+X`, `alt+X`, or one character."""
        if name in KEYS:
            self.type(KEYS[name])
        elif name.startswith("ctrl+"):
            self.type(chr(ord(name[-1].upper()) & 0x1F))
        elif name.startswith("alt+"):
            self.type("\x1b" + name[-1])
        elif len(name) == 1:
            self.type(name)
        else:
            raise ValueError(f"no key is called {name!r}")

    def resize(self, columns: int, rows: int) -> None:
        """Change the terminal's size; the kernel tells the program (SIGWINCH)."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self, timeout: float = 15) -> int:
        """Take the terminal away, as closing its window does; returns the program's exit status."""
        self._take_away()
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise self._failed(f"the program did not end within {timeout:g} s of losing its terminal") from None

    def kill9(self) -> None:
        """End the program as a power cut would, and reap it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    # -- the bytes between

    def _take_away(self) -> None:
        if self._open:
            self._open = False
            os.close(self._master)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, timeout: float) -> bool:
        """Feed the screen with what comes within `timeout`; False if nothing came."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says EIO, not an empty read, when the last writer is gone
            data = b""
        if data:
            self._feed(data)
        else:
            self._ended = True
        return bool(data)

    def _feed(self, data: bytes) -> None:
        self.transcript += data
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished.group() if unfinished else b""
        data = data[: len(data) - len(self._unfinished)]
        for copied in _CLIPBOARD.finditer(data):
            self.clipboard = base64.b64decode(copied.group(1)).decode()
        plain = _UNKNOWN_TO_PYTE.sub(b"", STRING.sub(b"", data))
        self.bells += plain.count(b"\x07")
        self._stream.feed(plain)

    def _failed(self, complaint: str) -> AssertionError:
        frame = "-" * self.screen.columns
        return AssertionError(f"{complaint}\n{frame}\n{self.text()}\n{frame}")


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not _NOT_INHERITED.match(name)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **env}
