"""Reads QR codes off the cells of a screen: draws them as a terminal would and lets zxing-cpp decode the pixels."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import zxingcpp

Cell = tuple[str, bool, bool]
"""A character, whether its foreground is dark, whether its background is dark."""

CELL_WIDTH, CELL_HEIGHT = 12, 24  # pixels; twice as high as wide, as in most terminals
_INKS = {
    "UPPER HALF BLOCK": (0, 0, 2, 1, 2),
    "LOWER HALF BLOCK": (0, 1, 2, 2, 2),
    "LEFT HALF BLOCK": (0, 0, 1, 1, 1),
    "RIGHT HALF BLOCK": (1, 0, 2, 1, 1),
    "FULL BLOCK": (0, 0, 2, 1, 1),
}
"""Left, top, right, bottom of the foreground in half cells across and cells divided by the last number down."""


def read_cells(lines: Sequence[str]) -> str | None:
    """What the drawing says when it is painted black on white; None where no code can be read."""
    return read_styled([[(char, True, False) for char in line] for line in lines])


def read_styled(rows: Sequence[Sequence[Cell]]) -> str | None:
    """What the cells say in the colours they have; an inverted code counts as unreadable, as wallets see it."""
    picture, width, height = pixels(rows)
    found = zxingcpp.read_barcode(memoryview(picture).cast("B", (height, width)), try_invert=False)
    return None if found is None else str(found.text)


def pixels(rows: Sequence[Sequence[Cell]]) -> tuple[bytes, int, int]:
    """The cells as 8-bit grey pixels row by row, their width and their height."""
    picture = b"".join(_scan(cell, y) for row in rows for y in range(CELL_HEIGHT) for cell in row)
    return picture, CELL_WIDTH * len(rows[0]), CELL_HEIGHT * len(rows)


@cache
def _scan(cell: Cell, y: int) -> bytes:
    """One line of the cell's pixels."""
    char, dark, ground = cell
    return bytes(0 if (dark if inked else ground) else 255 for inked in _ink(char, y))


def _ink(char: str, y: int) -> list[bool]:
    """Which pixels of one scan line of the character are foreground, from its Unicode name alone."""
    name = unicodedata.name(char)
    if name.startswith("BLOCK SEXTANT-"):
        # Segments count from 1, left to right, then down.
        upper_left = 1 + 2 * (y * 3 // CELL_HEIGHT)
        segments = name.partition("-")[2]
        halves = (str(upper_left) in segments, str(upper_left + 1) in segments)
    elif char in " \N{NO-BREAK SPACE}":
        halves = (False, False)
    else:
        left, top, right, bottom, parts = _INKS[name]
        inside = top <= y * parts // CELL_HEIGHT < bottom
        halves = (inside and left == 0, inside and right == 2)
    return [half for half in halves for _ in range(CELL_WIDTH // 2)]
