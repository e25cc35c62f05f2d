"""Copying text to where the person can paste it, saying only what is known about it, and taking it back."""

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from s4s_tui.domain.preferences import ClipboardChoice
from s4s_tui.terminal.tmux import Tmux

OSC52_MOST: Final = 74_994
"""Bytes of text that terminals are known to take by OSC 52: 100,000 of the sequence, three quarters of it text."""
_LIMIT = 2.0  # seconds; a helper that takes longer waits for something that will not come
_SSH = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY")
_OWN_CLIPBOARD = ("darwin", "win32", "cygwin")
_WSL = ("WSL_DISTRO_NAME", "WSL_INTEROP")
_OFF = 'Not copied: copying is off. clipboard = "auto" in the settings turns it on.'

Keep = Callable[[str], Path]
"""Writes the text to a file that is this user's alone, over what it held, and says where; raises OSError. It blocks."""


class Way(StrEnum):
    """How a text was handed over."""

    SYSTEM = "system"
    TERMINAL = "OSC 52"
    TMUX = "tmux"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a copy.

    Attributes:
        ways: the ways that the text went, the main one first; none where it was not copied.
        sentence: that in words, never claiming what nobody confirmed.
        file: where it is kept, where it went to a file.
        buffer: tmux's name of it, "" for none.
    """

    ways: tuple[Way, ...]
    sentence: str
    file: Path | None = None
    buffer: str = ""


def choose(environ: Mapping[str, str], platform: str) -> Way:
    """The main way to copy: the system's clipboard on a desktop, else the terminal's, in GNU screen a file.

    Over SSH the system's clipboard is the distant machine's, where nobody can paste from it. GNU screen passes OSC 52
    on only in a wrapping of its own and in short pieces (its manual: DCS strings), so it would be lost.

    Args:
        environ: the environment variables.
        platform: as `sys.platform` names it.
    """
    terminal = Way.FILE if environ.get("STY") and not environ.get("TMUX") else Way.TERMINAL
    if over_ssh(environ):
        return terminal
    if platform in _OWN_CLIPBOARD or any(environ.get(name) for name in (*_DISPLAY, *_WSL)):
        return Way.SYSTEM
    return terminal


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the person sits at another machine."""
    return any(environ.get(name) for name in _SSH)


class Clipboard:
    """The clipboard of one terminal session; none of its methods raises.

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
        self._tmux = Tmux(environ, limit)
        self._copies: list[tuple[str, Copied]] = []
        """What was copied and how, until it is taken back: tmux keeps the earlier ones, too."""

    async def copy(self, text: str, keep: Keep, choice: ClipboardChoice = ClipboardChoice.AUTO) -> Copied:
        """Hand the text over by the chosen way, or by every way that helps here; what fails goes to the file."""
        copied = await self._copied(text, keep, choice)
        if copied.ways:
            self._copies.append((text, copied))
        return copied

    def leave(self) -> None:
        """Nothing of what was copied until now will be taken back."""
        self._copies.clear()

    async def _copied(self, text: str, keep: Keep, choice: ClipboardChoice) -> Copied:
        match choice:
            case ClipboardChoice.OFF:
                return Copied((), _OFF)
            case ClipboardChoice.FILE:
                return await _to_file(text, keep)
            case ClipboardChoice.OSC52:
                return await self._through_terminal(text, keep)
            case ClipboardChoice.SYSTEM:
                if await self._to_system(text):
                    return Copied((Way.SYSTEM,), self._system_words)
                return await _to_file(text, keep, "The system's clipboard did not take it. ")
            case ClipboardChoice.AUTO:
                return await self._by_surroundings(text, keep)

    async def _by_surroundings(self, text: str, keep: Keep) -> Copied:
        main = choose(self._environ, self._platform)
        if main is Way.SYSTEM and await self._to_system(text):
            buffer = await self._tmux.load(text)
            ways = (main,) if buffer is None else (main, Way.TMUX)
            return Copied(ways, self._system_words, buffer=buffer or "")
        if main is Way.FILE:
            return await _to_file(text, keep)
        return await self._through_terminal(text, keep)

    async def _through_terminal(self, text: str, keep: Keep) -> Copied:
        """By OSC 52, and in tmux by its own command: with its default settings it drops a program's OSC 52."""
        if len(text.encode()) > OSC52_MOST:
            return await _to_file(text, keep, "It is too long for the terminal's clipboard. ")
        self._osc52(text)
        buffer = await self._tmux.load(text)
        if buffer is None:
            return Copied((Way.TERMINAL,), "Sent to the terminal's clipboard (OSC 52).")
        return Copied((Way.TERMINAL, Way.TMUX), "Sent to tmux and the terminal.", buffer=buffer)

    def forget_on_terminal(self) -> None:
        """Take the copies back from the terminal's clipboard, at once; `forget` does the rest."""
        if any(Way.TERMINAL in copied.ways for _, copied in self._copies):
            self._osc52("")

    async def forget(self) -> None:
        """Take the copies back, wherever they still are."""
        self.forget_on_terminal()
        copies, self._copies = self._copies, []
        blanked = False
        for text, copied in reversed(copies):
            ours = Way.SYSTEM not in copied.ways or await self._in_thread(_system_forget, text)
            unloaded = bool(copied.buffer) and await self._tmux.unload(copied.buffer, text)
            if unloaded and ours and not blanked:
                await self._tmux.blank()
                blanked = True
            if copied.file is not None:
                await asyncio.to_thread(_removed, copied.file, text)

    async def _to_system(self, text: str) -> bool:
        """Whether the system's clipboard took the text within the limit."""
        return await self._in_thread(_system_copy_read if self._reads_back else _system_copy, text)

    @property
    def _reads_back(self) -> bool:
        return self._platform not in _OWN_CLIPBOARD and not any(map(self._environ.get, _WSL))

    @property
    def _system_words(self) -> str:
        """Only what was read back from there is known to be there."""
        return f"{'Copied' if self._reads_back else 'Handed'} to the desktop's clipboard."

    async def _in_thread(self, work: Callable[[str], bool], text: str) -> bool:
        """What the work says within the limit. Its thread is a daemon: a helper that hangs keeps no program alive."""
        done: Future[bool] = Future()

        def run() -> None:
            import pyperclip

            if not done.set_running_or_notify_cancel():  # the program was left meanwhile
                return
            try:
                done.set_result(work(text))
            except (pyperclip.PyperclipException, OSError, UnicodeError):
                done.set_result(False)

        threading.Thread(target=run, name="clipboard", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(done), self._limit)
        except TimeoutError:
            return False


def _system_copy(text: str) -> bool:
    import pyperclip

    pyperclip.copy(text)
    return True


def _system_copy_read(text: str) -> bool:
    """On X11 and Wayland pyperclip ignores its helper's exit status, so only the clipboard itself can tell."""
    import pyperclip

    pyperclip.copy(text)
    return bool(pyperclip.paste() == text)


def _system_forget(text: str) -> bool:
    import pyperclip

    if pyperclip.paste() != text:  # the person has copied something else meanwhile
        return False
    pyperclip.copy("")
    return True


async def _to_file(text: str, keep: Keep, why: str = "") -> Copied:
    try:
        path = await asyncio.to_thread(keep, text)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Copied((), f"{why}It cannot be written to a file: {reason}.")
    return Copied((Way.FILE,), f"{why}It is in {path}.", path)


def _removed(path: Path, text: str) -> None:
    try:
        if path.read_text(encoding="utf-8") == text:
            path.unlink()
    except (OSError, UnicodeError):
        return
