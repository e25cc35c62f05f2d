"""Bech32 (BIP 173) without its length limit, as BOLT 11 uses it: text to 5-bit symbols and back, and bytes to symbols.

A symbol is an integer 0 … 31. Text is lower case throughout.
"""

from collections.abc import Iterable, Sequence

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""The character of each symbol."""
_VALUES = {char: value for value, char in enumerate(CHARSET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


class Bech32Error(ValueError):
    """The text is not bech32; the sentence says why."""


def _feedback(top: int) -> int:
    result = 0
    for bit, generator in enumerate(_GENERATOR):
        if top >> bit & 1:
            result ^= generator
    return result


_FEEDBACK = tuple(_feedback(top) for top in range(32))


def decode(text: str) -> tuple[str, list[int]]:
    """The human-readable part and the symbols after it, without the checksum.

    Raises:
        Bech32Error: no separator, a foreign character, or a wrong checksum.
    """
    prefix, separator, rest = text.rpartition("1")
    if not separator or not prefix or len(rest) < _CHECKSUM:
        raise Bech32Error("This is not a Lightning invoice.")
    if not all("!" <= char <= "~" for char in prefix):
        raise Bech32Error("The invoice holds a character that no invoice has.")
    try:
        symbols = [_VALUES[char] for char in rest]
    except KeyError:
        raise Bech32Error("The invoice holds a character that no invoice has.") from None
    if _polymod(prefix, symbols) != 1:
        raise Bech32Error("The invoice's checksum is wrong: it was cut off or changed on its way.")
    return prefix, symbols[:-_CHECKSUM]


def encode(prefix: str, symbols: Sequence[int]) -> str:
    """The text of a human-readable part and symbols, with its checksum."""
    rest = _polymod(prefix, [*symbols, *[0] * _CHECKSUM]) ^ 1
    checksum = [rest >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(CHARSET[symbol] for symbol in [*symbols, *checksum])}"


def to_symbols(data: bytes) -> list[int]:
    """Bytes as symbols, filled up with zero bits."""
    count = -(-len(data) * 8 // 5)
    bits = int.from_bytes(data) << (count * 5 - len(data) * 8)
    return [bits >> 5 * place & 31 for place in reversed(range(count))]


def to_bytes(symbols: Sequence[int], *, fill: bool = False) -> bytes:
    """Symbols as bytes; bits that fill no whole byte are dropped, or filled up with zero bits where `fill`."""
    bits = len(symbols) * 5
    length = -(-bits // 8) if fill else bits // 8
    number, shift = to_int(symbols), bits - length * 8
    return (number >> shift if shift >= 0 else number << -shift).to_bytes(length)


def to_int(symbols: Iterable[int]) -> int:
    """Symbols as one big-endian number; none are 0."""
    number = 0
    for symbol in symbols:
        number = number << 5 | symbol
    return number


def from_int(number: int, count: int = 0) -> list[int]:
    """A number of 0 or more as big-endian symbols: `count` of them, or as many as it takes."""
    count = count or -(-number.bit_length() // 5)
    return [number >> 5 * place & 31 for place in reversed(range(count))]


def _polymod(prefix: str, symbols: Iterable[int]) -> int:
    remainder = 1
    for value in (*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix), *symbols):
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value ^ _FEEDBACK[remainder >> 25]
    return remainder
