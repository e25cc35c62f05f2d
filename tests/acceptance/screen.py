"""What stands on the screen: sentences across their lines, and the QR code as a camera sees it, colours and all."""

import re
import unicodedata

from tests.pty_driver import Terminal
from tests.qr_reader import Cell, read_styled

_BLOCKS = re.compile(r"BLOCK SEXTANT-\d+|(UPPER|LOWER|LEFT|RIGHT) HALF BLOCK|FULL BLOCK")
_COLOURS = {
    "default": (204, 30), "black": (0, 0), "white": (229, 229), "brightwhite": (255, 255),
}  # fmt: skip
"""Brightness of a colour by name, as ink and as ground: the default ones as on a dark terminal."""


def sentences(terminal: Terminal) -> str:
    """The screen as running text, wherever lines were broken."""
    return " ".join(terminal.text().split())


def wait_sentence(terminal: Terminal, sentence: str) -> None:
    """Until the screen says the sentence."""
    terminal.until(lambda: sentence in sentences(terminal), f"the screen never said {sentence!r}")


def goes_online(terminal: Terminal) -> None:
    """Press a key that moves nothing on the first screen: the server is asked for its countries, and answers."""
    terminal.wait("Dial")
    terminal.key("home")
    terminal.wait("● online")


def read_qr(terminal: Terminal) -> str | None:
    """What a camera reads off the whole screen, letters and all; None where no code is to be found."""
    screen = terminal.screen
    return read_styled([[_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)])


def _cell(drawn: object) -> Cell:
    data, fg, bg = getattr(drawn, "data", " "), getattr(drawn, "fg", "default"), getattr(drawn, "bg", "default")
    if getattr(drawn, "reverse", False):
        fg, bg = bg, fg
    block = len(data) == 1 and _BLOCKS.fullmatch(unicodedata.name(data, ""))
    return (data if block else " "), _brightness(fg, 0) < 128, _brightness(bg, 1) < 128


def _brightness(colour: str, place: int) -> float:
    if re.fullmatch("[0-9a-f]{6}", colour):
        red, green, blue = bytes.fromhex(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue
    return _COLOURS.get(colour, (128, 127))[place]
