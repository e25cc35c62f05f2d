"""The program that writes the API key: a password manager, run without a shell, with the terminal to ask on.

On a terminal it runs as a shell would run it: as a job of its own in the foreground. So Ctrl+C ends the program that
asks and not this one, and when the time is up the whole job ends, whatever it has started.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import PurePath
from typing import Final

from s4s_tui.domain.apikey import trimmed, trouble
from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret

LIMIT: Final = 60.0
"""Seconds that a command may take, a person's typing included."""
_LOOK: Final = 0.1
"""Seconds between two looks whether Ctrl+Z has stopped the command."""
_GRACE: Final = 0.2
"""Seconds between the request to end and the end by force."""
_MOST_BYTES: Final = 4096
"""Of the output; the rest is read and dropped, so that the command can finish."""


HandOver = Callable[[], AbstractContextManager[object]]


class KeyCommand:
    """A command that writes the key as the first line of its output."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        hand_over: HandOver | None = None,
        limit: float = LIMIT,
    ) -> None:
        """A command of this program and its arguments.

        Args:
            words: program and arguments.
            hand_over: gives the terminal away while it is entered: nothing of this program may read it then. Without
                it the command gets no terminal to ask on.
            limit: seconds that it may take.
        """
        self._words = tuple(words)
        self._hand_over = hand_over
        self._limit = limit

    @property
    def program(self) -> str:
        """The program's name without its folder, harmless to show; its arguments may be nobody's business."""
        name = PurePath(self._words[0]).name or self._words[0]
        return "".join(char if char.isprintable() else "?" for char in name)[:60]

    async def run(self) -> Secret:
        """Run it and read the key; raises ApiKeyError, which holds nothing that the command wrote."""
        output = _Output()
        try:
            with self._hand_over() if self._hand_over else nullcontext():
                status = await self._run(output)
        finally:
            output.close()
        if status is None:
            raise self._failed(f"did not end within {self._limit:g} seconds")
        if status < 0:
            raise self._failed(f"was ended by {_signal_name(-status)}")
        if status > 0:
            raise self._failed(f"failed with exit status {status}")
        key = trimmed(output.first_line())
        if not key:
            raise self._failed("wrote no key")
        wrong = trouble(key)
        if wrong:
            raise self._failed(f"wrote something that is no API key: {wrong}")
        return key

    async def _run(self, output: "_Output") -> int | None:
        """The exit status, None where the time was up."""
        quiet = None if self._hand_over else asyncio.subprocess.DEVNULL
        group = {"process_group": 0} if self._hand_over else {"start_new_session": True}
        try:
            process = await asyncio.create_subprocess_exec(
                *self._words, stdin=quiet, stdout=output.write_end, stderr=quiet, **group
            )
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise self._failed(f"could not be started: {why}") from None
        output.listen()
        with _foreground(process.pid) if self._hand_over else nullcontext():
            try:
                return await asyncio.wait_for(_ended(process), self._limit)
            except TimeoutError:
                return None
            finally:
                await _end(process)

    def _failed(self, what: str) -> ApiKeyError:
        return ApiKeyError(f"The command {self.program} (api_key_command) {what}.")


class _Output:
    """What the command writes, by a pipe of our own.

    A process that the command leaves behind may keep the other end open for ever; an own pipe is closed all the same.
    """

    def __init__(self) -> None:
        self._read_end, self.write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        self._data = bytearray()
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self) -> None:
        """Read whatever comes from now on; the command has its end of the pipe."""
        os.close(self.write_end)
        self.write_end = -1
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._read_end, self._take)

    def first_line(self) -> Secret:
        """The first line, cut off where it is endless; characters that are no UTF-8 are replaced."""
        return Secret(self._data.split(b"\n", 1)[0].decode(errors="replace"))

    def close(self) -> None:
        """Take what was still written, and let go of the pipe."""
        if self._loop is not None:
            self._loop.remove_reader(self._read_end)
            self._take()
        for end in (self._read_end, self.write_end):
            if end >= 0:
                os.close(end)

    def _take(self) -> None:
        try:
            data = os.read(self._read_end, 65536)
        except BlockingIOError:
            return
        self._data += data[: max(0, _MOST_BYTES - len(self._data))]
        if not data and self._loop is not None:
            self._loop.remove_reader(self._read_end)


@contextmanager
def _foreground(group: int) -> Iterator[None]:
    """Give the terminal to the command's job, as a shell does, and take it back; nothing where there is none."""
    terminal = 0
    if not _is_ours(terminal):
        yield
        return
    _give(terminal, group)
    # It may have asked for the terminal before it had it, and was stopped for that.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGCONT)
    try:
        yield
    finally:
        _give(terminal, os.getpgrp())


def _is_ours(terminal: int) -> bool:
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # no terminal, or another session's
        return False


def _give(terminal: int, group: int) -> None:
    """Make the group the terminal's foreground; one in the background may do so only while it hears no SIGTTOU."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        with suppress(OSError):  # the command has ended already, or the terminal has gone
            os.tcsetpgrp(terminal, group)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


async def _ended(process: asyncio.subprocess.Process) -> int:
    """Its exit status once it has ended. Ctrl+Z would leave nobody to go on with it, so it goes on at once."""
    waiting = asyncio.ensure_future(process.wait())
    try:
        while not (await asyncio.wait({waiting}, timeout=_LOOK))[0]:
            if _is_stopped(process.pid):
                os.killpg(process.pid, signal.SIGCONT)
        return waiting.result()
    finally:
        waiting.cancel()


def _is_stopped(pid: int) -> bool:
    if sys.platform == "darwin":  # its waitid came with Python 3.13
        return False
    try:
        return os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # reaped meanwhile
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    """End what is left of the job: by request, then by force."""
    if process.returncode is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
            os.killpg(process.pid, signal.SIGCONT)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
