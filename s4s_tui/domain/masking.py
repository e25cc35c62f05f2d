"""Taking a number and a code out of text, for what is given to others: pure."""

import re
from collections.abc import Iterable
from typing import Final

LEFT_OUT: Final = "(left out)"
_RUN: Final = re.compile(r"\+?[0-9](?:[ \-./()]*[0-9])*")
_DIGITS: Final = re.compile(r"[0-9]+")
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]")
_LEAST: Final = 4
"""Digits in a row from which on they tell something of a number or a code."""
_TAIL: Final = 6
"""Last digits by which a number is known in whatever way its beginning is written (+49 151, 0151)."""


class Mask:
    """Takes secrets out of text: as they are, as parts of them, and with blanks or dashes between their digits."""

    def __init__(self, secrets: Iterable[str]) -> None:
        found = {" ".join(secret.split()) for secret in secrets} - {""}
        self._whole = tuple(_whole(secret) for secret in sorted(found, key=len, reverse=True))
        runs = {digits for secret in found for digits in (_NOT_A_DIGIT.sub("", secret), *_DIGITS.findall(secret))}
        self._digits = tuple(digits for digits in runs if len(digits) >= _LEAST)

    def __call__(self, text: str) -> str:
        """The text with everything that tells of a secret replaced by `LEFT_OUT`."""
        for whole in self._whole:
            text = whole.sub(LEFT_OUT, text)
        return _RUN.sub(self._run, text)

    def _run(self, match: re.Match[str]) -> str:
        digits = _NOT_A_DIGIT.sub("", match[0])
        return LEFT_OUT if any(_tells(digits, secret) for secret in self._digits) else match[0]


def _whole(secret: str) -> re.Pattern[str]:
    """The secret itself; a short one only where it stands alone, for else it is in every second word."""
    words = r"\s+".join(re.escape(word) for word in secret.split())
    return re.compile(words if len(secret) >= _LEAST else rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _tells(digits: str, secret: str) -> bool:
    if len(digits) < _LEAST:
        return False
    same_tail = len(secret) >= _TAIL and digits.endswith(secret[-_TAIL:])
    return secret in digits or digits in secret or same_tail
