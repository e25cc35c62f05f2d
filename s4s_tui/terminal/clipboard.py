"""Copying text to where the person can paste it, and saying only what is known about it."""

import asyncio
import shutil
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum

_LIMIT = 2.0  # seconds; a helper that takes longer waits for something that will not come
_SSH = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY")
_OWN_CLIPBOARD = ("darwin", "win32", "cygwin")
_WSL = ("WSL_DISTRO_NAME", "WSL_INTEROP")


class Way(StrEnum):
    """How a text was handed over."""

    SYSTEM = "system"
    TERMINAL = "OSC 52"
    TMUX = "tmux"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a copy.

    Attributes:
        ways: the ways that the text went, the main one first.
        sentence: that in words, never claiming what nobody confirmed.
    """

    ways: tuple[Way, ...]
    sentence: str


def choose(environ: Mapping[str, str], platform: str) -> Way:
    """The main way to copy: the system's clipboard on a desktop, else the terminal's.

    Over SSH the system's clipboard is the distant machine's, where nobody can paste from it.

    Args:
        environ: the environment variables.
        platform: as `sys.platform` names it.
    """
    if any(environ.get(name) for name in _SSH):
        return Way.TERMINAL
    if platform in _OWN_CLIPBOARD or any(environ.get(name) for name in (*_DISPLAY, *_WSL)):
        return Way.SYSTEM
    return Way.TERMINAL


class Clipboard:
    """The clipboard of one terminal session.

    Args:
        environ: the environment variables; also those that tmux is called with.
        osc52: writes the text to the terminal as OSC 52.
        platform: as `sys.platform` names it.
        limit: seconds that each helper may take.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        osc52: Callable[[str], None],
        *,
        platform: str = sys.platform,
        limit: float = _LIMIT,
    ) -> None:
        self._environ = environ
        self._osc52 = osc52
        self._platform = platform
        self._limit = limit

    async def copy(self, text: str) -> Copied:
        """Hand the text over by every way that helps here; never raises, the terminal is always left to try."""
        main = choose(self._environ, self._platform)
        if main is Way.SYSTEM and not await self._to_system(text):
            main = Way.TERMINAL
        if main is Way.TERMINAL:
            self._osc52(text)
        ways = (main, Way.TMUX) if await self._to_tmux(text) else (main,)
        return Copied(ways, _sentence(ways))

    async def _to_system(self, text: str) -> bool:
        """Whether the system's clipboard took the text within the limit."""
        done: Future[bool] = Future()
        read_back = self._platform not in _OWN_CLIPBOARD and not any(map(self._environ.get, _WSL))
        # A thread of its own and a daemon: a helper that hangs must not keep the program from ending.
        threading.Thread(target=_system_copy, args=(text, read_back, done), name="clipboard", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(done), self._limit)
        except TimeoutError:
            return False

    async def _to_tmux(self, text: str) -> bool:
        """Whether tmux took the text: into a buffer of its own and, by `-w`, on to the terminal outside."""
        program = shutil.which("tmux", path=self._environ.get("PATH")) if self._environ.get("TMUX") else None
        if program is None:
            return False
        try:
            return await self._load_buffer(program, text)
        except (OSError, TimeoutError):
            return False

    async def _load_buffer(self, program: str, text: str) -> bool:
        """Feed the text through stdin: the arguments of a process are visible to everyone on the machine."""
        process = await asyncio.create_subprocess_exec(
            program,
            *("load-buffer", "-w", "-"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=dict(self._environ),
        )
        try:
            await asyncio.wait_for(process.communicate(text.encode()), self._limit)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode == 0


def _system_copy(text: str, read_back: bool, done: Future[bool]) -> None:
    """Copy with pyperclip and tell `done` whether it worked."""
    import pyperclip

    if not done.set_running_or_notify_cancel():  # the program was left meanwhile
        return
    try:
        pyperclip.copy(text)
        # On X11 and Wayland pyperclip ignores its helper's exit status, so only the clipboard itself can tell.
        done.set_result(not read_back or pyperclip.paste() == text)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        done.set_result(False)


def _sentence(ways: tuple[Way, ...]) -> str:
    if Way.SYSTEM in ways:
        return "Copied."
    if Way.TMUX in ways:
        return "Sent to tmux and the terminal."
    return "Sent to the terminal's clipboard (OSC 52)."
