"""Asking the terminal for its name and abilities, where somebody may answer."""

import os
import re
import select
import time
from collections.abc import Mapping
from dataclasses import dataclass

_NAME_PLEASE = b"\x1b[>q"
"""XTVERSION."""
_RGB_PLEASE = b"\x1bP+q524742\x1b\\"
"""XTGETTCAP for the ability RGB, its name in hexadecimal."""
_LAST = b"\x1b[c"
"""DA1, which every terminal answers: what comes before that answer is all there is."""
_DA1 = re.compile(rb"\x1b\[\?([0-9;]*)c")
_NAME = re.compile(rb"\x1bP>\|([ -~]{1,80})\x1b\\")
_RGB = re.compile(rb"\x1bP1\+r524742")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal said of itself; what it left out is not known.

    Attributes:
        answered: it said anything at all.
        name: its name and version, "" where it does not tell.
        rgb: it says that it has 16 million colours.
        osc52: it says that it takes copies by OSC 52.
    """

    answered: bool = False
    name: str = ""
    rgb: bool = False
    osc52: bool = False

    @property
    def words(self) -> str:
        """The answer for people."""
        if not self.answered:
            return "it does not answer when asked"
        parts = [self.name or "it does not tell its name"]
        parts += ["16 million colours"] if self.rgb else []
        parts += ["takes copies (OSC 52)"] if self.osc52 else []
        return f"asked: {', '.join(parts)}"


def question(environ: Mapping[str, str]) -> bytes:
    """What the terminal is asked; for its colours only where nobody shows such a question instead of an answer."""
    shows_it = environ.get("TERM") == "linux" or environ.get("TERM_PROGRAM") == "Apple_Terminal"
    return _NAME_PLEASE + (b"" if shows_it else _RGB_PLEASE) + _LAST


def ask(source: int, sink: int, asked: bytes, wait: float = 2.0) -> Answer:
    """What the terminal answers within `wait` seconds; nothing of it stays in the input.

    Nearly every terminal answers, so the wait is for slow lines: what came later would be typed into the shell.
    """
    import termios
    import tty

    before = termios.tcgetattr(source)
    said, deadline = b"", time.monotonic() + wait
    try:
        tty.setcbreak(source)
        os.write(sink, asked)
        while not _DA1.search(said) and (left := deadline - time.monotonic()) > 0:
            if select.select([source], [], [], left)[0]:
                said += os.read(source, 1024)
    finally:
        termios.tcsetattr(source, termios.TCSAFLUSH, before)
    return _read(said)


def _read(said: bytes) -> Answer:
    abilities, name = _DA1.search(said), _NAME.search(said)
    if abilities is None:
        return Answer()
    return Answer(
        answered=True,
        name=name[1].decode() if name else "",
        rgb=_RGB.search(said) is not None,
        osc52=b"52" in abilities[1].split(b";"),
    )
