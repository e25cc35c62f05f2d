"""Asking the terminal for its name and abilities, where somebody may answer."""

import os
import re
import select
import time

_ASK = b"\x1b[>q\x1b[c"
"""XTVERSION, and DA1, which every terminal answers: what comes before that answer is all there is."""
_DA1 = re.compile(rb"\x1b\[\?([0-9;]*)c")
_NAME = re.compile(rb"\x1bP>\|([ -~]{1,80})\x1b\\")


def ask(source: int, sink: int, wait: float = 2.0) -> bytes:
    """What the terminal answers within `wait` seconds, b"" where it says nothing; nothing of it stays in the input.

    Nearly every terminal answers, so the wait is for slow lines: what came later would be typed into the shell.
    """
    import termios
    import tty

    before = termios.tcgetattr(source)
    answer, deadline = b"", time.monotonic() + wait
    try:
        tty.setcbreak(source)
        os.write(sink, _ASK)
        while not _DA1.search(answer) and (left := deadline - time.monotonic()) > 0:
            if select.select([source], [], [], left)[0]:
                answer += os.read(source, 1024)
    finally:
        termios.tcsetattr(source, termios.TCSAFLUSH, before)
    return answer


def words(answer: bytes) -> str:
    """The answer for people."""
    abilities = _DA1.search(answer)
    if abilities is None:
        return "it does not answer when asked"
    name = _NAME.search(answer)
    called = name[1].decode() if name else "it does not tell its name"
    clipboard = ", takes copies (OSC 52)" if b"52" in abilities[1].split(b";") else ""
    return f"asked: {called}{clipboard}"
