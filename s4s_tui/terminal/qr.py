"""QR codes as text: two modules a cell in half blocks, or six in sextants where rows are scarce.

The characters are dark modules in the foreground; whoever shows them paints black on white, the quiet zone too
(inverted codes do not scan).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

Matrix = Sequence[Sequence[bool]]
"""The modules of a code, row by row, True for dark, without a quiet zone."""

_PREFIX = "lightning:"
_QUIETS = (4, 2)  # the standard asks for 4 modules; 2 still scan and save two rows (measured)
_HALVES = " ▀▄█"


class Style(StrEnum):
    """How modules become characters."""

    HALF = "half blocks"
    SEXTANT = "sextants"

    @property
    def modules(self) -> tuple[int, int]:
        """Modules in one cell: columns, rows."""
        return (1, 2) if self is Style.HALF else (2, 3)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code as lines of text, all of the same width.

    Attributes:
        lines: the rows of characters.
        width: columns.
        height: rows.
        style: how it is drawn.
        quiet: modules of quiet zone on each side; right and below it may be wider to fill the last cells.
    """

    lines: tuple[str, ...]
    width: int
    height: int
    style: Style
    quiet: int


@dataclass(frozen=True, slots=True)
class Missing:
    """No drawing fits: the columns and rows that the smallest one needs beyond those there are."""

    columns: int
    rows: int


def matrix(invoice: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of an invoice: bare and in upper case, lowest error level, which makes the smallest code.

    Raises:
        ValueError: the text does not fit a QR code (4,296 characters).
    """
    return tuple(tuple(bool(module) for module in row) for row in _code(invoice).matrix)


def png(invoice: str) -> bytes:
    """The same code as a picture, black on white, 8 pixels a module.

    Raises:
        ValueError: the text does not fit a QR code (4,296 characters).
    """
    picture = BytesIO()
    _code(invoice).save(picture, kind="png", scale=8, border=_QUIETS[0])
    return picture.getvalue()


def _code(invoice: str) -> "QRCode":
    import segno

    text = invoice.strip()
    if text[: len(_PREFIX)].lower() == _PREFIX:
        text = text[len(_PREFIX) :]
    return segno.make_qr(text.upper(), error="L", boost_error=False)


def size(modules: int, style: Style, quiet: int) -> tuple[int, int]:
    """Columns and rows of the drawing of a code with that many modules a side."""
    across, down = style.modules
    side = modules + 2 * quiet
    return -(-side // across), -(-side // down)


def draw(code: Matrix, style: Style, quiet: int) -> Drawing:
    """The code as characters, with a quiet zone of that many modules."""
    width, height = size(len(code), style, quiet)
    across, down = style.modules
    padded = _padded(code, quiet, width * across, height * down)
    char = _half if style is Style.HALF else _sextant
    lines = tuple(
        "".join(char(_bits(padded, column * across, row * down, style)) for column in range(width))
        for row in range(height)
    )
    return Drawing(lines, width, height, style, quiet)


def fit(code: Matrix, columns: int, rows: int, preferred: Style | None = None) -> Drawing | Missing:
    """The most legible drawing that fits: half blocks before sextants, a wide quiet zone before a narrow one.

    `preferred` is tried first; where it does not fit, the other style is drawn.
    """
    for style, quiet in _choices(preferred):
        width, height = size(len(code), style, quiet)
        if width <= columns and height <= rows:
            return draw(code, style, quiet)
    width, height = size(len(code), Style.SEXTANT, _QUIETS[-1])
    return Missing(max(0, width - columns), max(0, height - rows))


def _choices(preferred: Style | None) -> Iterator[tuple[Style, int]]:
    styles = sorted(Style, key=lambda style: (style is not preferred, style is not Style.HALF))
    return ((style, quiet) for style in styles for quiet in _QUIETS)


def _padded(code: Matrix, quiet: int, width: int, height: int) -> list[list[bool]]:
    """The modules on a light ground of width × height modules, `quiet` from the top and the left."""
    ground = [[False] * width for _ in range(height)]
    for row, modules in enumerate(code, start=quiet):
        ground[row][quiet : quiet + len(modules)] = modules
    return ground


def _bits(ground: list[list[bool]], left: int, top: int, style: Style) -> int:
    """The modules of one cell as a number: the first one (top left) is the lowest bit, then by row."""
    across, down = style.modules
    cell = (ground[top + y][left + x] for y in range(down) for x in range(across))
    return sum(1 << position for position, dark in enumerate(cell) if dark)


def _half(bits: int) -> str:
    return _HALVES[bits]


def _sextant(bits: int) -> str:
    """U+1FB00 and on, in the order of the bits, without the four patterns that older characters draw."""
    older = {0: " ", 0b010101: "▌", 0b101010: "▐", 0b111111: "█"}
    if bits in older:
        return older[bits]
    return chr(0x1FB00 + bits - sum(pattern <= bits for pattern in older))
