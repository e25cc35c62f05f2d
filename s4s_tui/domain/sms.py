"""How a message goes out as SMS: its alphabet, its length, in how many parts.

Source: 3GPP TS 23.038 (the alphabets) and 23.040 (a part of several loses 7 septets or 3 units to its header).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

LIMIT = 140
"""API docs: a message has at most 140 characters.

Counted in UTF-16 units, as the server's language counts: an emoji is two. No other count is larger, so that a
message within the limit here is within it there, too.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Each takes two septets: an escape, and itself."""


class Alphabet(Enum):
    """How characters are coded; the values are units in a lone part, and in each of several."""

    GSM7 = (160, 153)
    """Septets."""
    UCS2 = (70, 67)
    """Units of 16 bits; in practice UTF-16, as emoji are sent."""

    @property
    def alone(self) -> int:
        """Units that fit where there is one part."""
        return self.value[0]

    @property
    def each(self) -> int:
        """Units that fit in each of several parts."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Measure:
    """A message as it goes out.

    Attributes:
        alphabet: what it is coded in.
        units: its length in septets or UCS-2 units.
        parts: how many SMS it takes, 0 where it is empty.
        characters: its length as the limit of the API counts.
        forcing: the characters that GSM-7 lacks, each once, in their order.
    """

    alphabet: Alphabet
    units: int
    parts: int
    characters: int
    forcing: str = ""

    @property
    def left(self) -> int:
        """Characters that still may be typed; negative where there are too many."""
        return LIMIT - self.characters


def measure(text: str) -> Measure:
    """Alphabet, length and parts of a message."""
    forcing = "".join(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENSION))
    alphabet = Alphabet.UCS2 if forcing else Alphabet.GSM7
    sizes = [_utf16(char) if forcing else 1 + (char in _EXTENSION) for char in text]
    return Measure(alphabet, sum(sizes), _parts(sizes, alphabet), sum(map(_utf16, text)), forcing)


def check_message(text: str) -> str:
    """Why a message cannot be sent, as a sentence; "" where it can."""
    if not text.strip():
        return "The message is empty."
    if any(_is_control(char) for char in text):
        return "The message holds a control character, which no SMS can carry."
    over = -measure(text).left
    if over > 0:
        return f"The message is {over} character{'' if over == 1 else 's'} too long: {LIMIT} are possible."
    return ""


def _utf16(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1


def _parts(sizes: Iterable[int], alphabet: Alphabet) -> int:
    """How many SMS; a character of two units is not split between two of them."""
    sizes = tuple(sizes)
    if sum(sizes) <= alphabet.alone:
        return 1 if sizes else 0
    parts, used = 1, 0
    for size in sizes:
        if used + size > alphabet.each:
            parts, used = parts + 1, 0
        used += size
    return parts


def _is_control(char: str) -> bool:
    """Whether it is no text: controls but line ends, and halves of a character that UTF-8 cannot write."""
    return (ord(char) < 32 and char not in "\n\r") or 0x7F <= ord(char) <= 0x9F or 0xD800 <= ord(char) <= 0xDFFF
