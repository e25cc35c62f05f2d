"""QR codes as characters: the sizes that were measured, and that every drawing can be read again."""

import random
import struct
import sys
import unicodedata
import zlib

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.terminal.qr import Drawing, Missing, Style, draw, fit, matrix, png, size
from tests.qr_reader import read_cells, read_styled

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def invoice_of(length: int) -> str:
    """Text with an invoice's alphabet and length; the same for the same length."""
    chance = random.Random(length)
    return "lnbc30u1p" + "".join(chance.choice(_BECH32) for _ in range(length - 9))


def drawn(code: tuple[tuple[bool, ...], ...], columns: int, rows: int, preferred: Style | None = None) -> Drawing:
    drawing = fit(code, columns, rows, preferred)
    assert isinstance(drawing, Drawing), f"nothing fits {columns}x{rows}: {drawing}"
    return drawing


def grey(picture: bytes) -> tuple[bytes, int]:
    """The pixels of a square PNG in black and white, a byte each, and its side."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        chunks[kind] = chunks.get(kind, b"") + picture[at + 8 : at + 8 + length]
        at += length + 12
    side, height, depth, colour = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (height, depth, colour) == (side, 1, 0), "one bit a pixel, as segno writes it"
    row = -(-side // 8) + 1
    raw = zlib.decompress(chunks[b"IDAT"])
    bits, above = "", bytes(row - 1)
    for line in (raw[start : start + row] for start in range(0, len(raw), row)):
        assert line[0] in (0, 2), "as it is, or as what differs from the line above"
        above = bytes((byte + line[0] // 2 * old) % 256 for byte, old in zip(line[1:], above, strict=True))
        bits += "".join(f"{byte:08b}" for byte in above)[:side]
    return bytes(255 if bit == "1" else 0 for bit in bits), side


@pytest.mark.parametrize("length", [200, 260, 309, 355, 420, 480, 540, 600])
@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("quiet", [2, 4])
def test_every_drawing_decodes_to_the_invoice(length: int, style: Style, quiet: int) -> None:
    invoice = invoice_of(length)
    assert read_cells(draw(matrix(invoice), style, quiet).lines) == invoice.upper()


@st.composite
def _patterns(draw_: st.DrawFn) -> tuple[tuple[bool, ...], ...]:
    """A square of modules as no QR code would have them."""
    side = draw_(st.integers(1, 9))
    row = st.lists(st.booleans(), min_size=side, max_size=side).map(tuple)
    return tuple(draw_(st.lists(row, min_size=side, max_size=side)))


@given(code=_patterns(), style=st.sampled_from(Style))
def test_whatever_the_modules_they_survive_the_drawing(code: tuple[tuple[bool, ...], ...], style: Style) -> None:
    across, down = style.modules
    for y, line in enumerate(draw(code, style, 0).lines):
        for x, char in enumerate(line):
            seen = _modules_of(char, style)
            for place, dark in enumerate(seen):
                row, column = y * down + place // across, x * across + place % across
                expected = code[row][column] if row < len(code) and column < len(code) else False
                assert dark is expected, f"module {column},{row} of {char!r}"


def _modules_of(char: str, style: Style) -> list[bool]:
    if style is Style.HALF:
        return [char in "▀█", char in "▄█"]
    whole = {" ": "", "█": "123456", "▌": "135", "▐": "246"}
    segments = whole[char] if char in whole else unicodedata.name(char).removeprefix("BLOCK SEXTANT-")
    return [str(place) in segments for place in range(1, 7)]


def test_an_invoice_of_309_characters_has_the_measured_sizes() -> None:
    modules = len(matrix(invoice_of(309)))
    assert modules == 53
    assert size(modules, Style.HALF, 4) == (61, 31)
    assert size(modules, Style.HALF, 2) == (57, 29)
    assert size(modules, Style.SEXTANT, 4) == (31, 21)
    assert size(len(matrix(invoice_of(420))), Style.SEXTANT, 4) == (35, 23)


def test_a_prefix_and_lower_case_make_no_larger_code() -> None:
    invoice = invoice_of(309)
    assert matrix(f"  LIGHTNING:{invoice}\n") == matrix(invoice.upper())
    assert matrix(f"lightning:{invoice}") == matrix(invoice)


def test_a_text_that_no_code_holds_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        matrix("A" * 4_297)


def test_the_lines_are_as_wide_and_as_many_as_the_drawing_says() -> None:
    for style in Style:
        for quiet in (0, 2, 3, 4):
            drawing = draw(matrix(invoice_of(309)), style, quiet)
            assert len(drawing.lines) == drawing.height
            assert {len(line) for line in drawing.lines} == {drawing.width}
            assert (drawing.style, drawing.quiet) == (style, quiet)


def test_an_inverted_code_counts_as_unreadable() -> None:
    drawing = draw(matrix(invoice_of(309)), Style.HALF, 4)
    assert read_styled([[(char, False, True) for char in line] for line in drawing.lines]) is None


@pytest.mark.parametrize(
    ("columns", "rows", "style", "quiet"),
    [
        (61, 31, Style.HALF, 4),
        (120, 40, Style.HALF, 4),
        (60, 31, Style.HALF, 2),
        (61, 30, Style.HALF, 2),
        (57, 28, Style.SEXTANT, 4),
        (80, 21, Style.SEXTANT, 4),
        (31, 20, Style.SEXTANT, 2),
        (29, 19, Style.SEXTANT, 2),
    ],
)
def test_half_blocks_come_first_then_a_narrow_quiet_zone_then_sextants(
    columns: int, rows: int, style: Style, quiet: int
) -> None:
    drawing = drawn(matrix(invoice_of(309)), columns, rows)
    assert (drawing.style, drawing.quiet) == (style, quiet)
    assert drawing.width <= columns
    assert drawing.height <= rows


def test_a_preferred_style_is_drawn_where_it_fits_and_only_there() -> None:
    code = matrix(invoice_of(309))
    assert drawn(code, 120, 40, Style.SEXTANT).style is Style.SEXTANT
    assert drawn(code, 120, 40, Style.HALF).style is Style.HALF
    assert drawn(code, 80, 22, Style.HALF).style is Style.SEXTANT


def test_where_nothing_fits_the_missing_cells_are_counted() -> None:
    code = matrix(invoice_of(309))
    assert fit(code, 80, 15) == Missing(columns=0, rows=4)
    assert fit(code, 20, 40) == Missing(columns=9, rows=0)
    assert fit(code, 0, 0) == Missing(columns=29, rows=19)


def test_the_qr_library_is_not_loaded_with_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    assert draw(((True,),), Style.HALF, 0).lines == ("▀",)
    with pytest.raises(ImportError):
        matrix("lnbc1")


def test_the_picture_is_the_same_code_black_on_white_with_a_quiet_zone() -> None:
    invoice = invoice_of(309)
    pixels, side = grey(png(invoice))
    found = zxingcpp.read_barcode(memoryview(pixels).cast("B", (side, side)), try_invert=False)
    assert found is not None
    assert found.text == invoice.upper()
    assert side == (len(matrix(invoice)) + 8) * 8
    assert set(pixels[: 32 * side]) == {255}, "four modules of white above it"
