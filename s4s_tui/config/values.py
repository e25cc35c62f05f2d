"""The kinds of values that a key can have: how each is read from a text and from the config file.

A further kind (a boolean, a choice) is one more `Kind`, made by a function like `integer` where it has parameters.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from s4s_tui.config.address import base_url
from s4s_tui.config.errors import quoted

T_co = TypeVar("T_co", covariant=True)

_DIGITS = re.compile(r"0*([0-9]{1,9})")
_LARGEST_SHOWN = 10**9
"""A number in hexadecimal can have tens of thousands of digits, which Python refuses to write in decimal."""
_FOLDER_IN_FILE = "an absolute path, or one that begins with ~/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """One kind of value. Both readers raise ValueError with what is wrong, without a full stop."""

    toml: type
    """The type that tomllib gives it, exactly: to Python a boolean is an int as well."""
    allowed: str
    """What of this type is allowed in the config file, in words that can follow "must be a string, "."""
    from_text: Callable[[str], T_co]
    """Reads it as the command line or the environment has it."""
    from_file: Callable[[Any], T_co]
    """Reads it as tomllib gives it; it is of the type `toml`."""


def path(text: str) -> Path:
    """An absolute path: ~ is the home folder, and a relative one starts where the program does."""
    if not text or "\0" in text:
        raise ValueError(f"{quoted(text)} is not a path")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError(f"no home folder is known for {quoted(text)}") from None
    except FileNotFoundError:
        raise ValueError(f"{quoted(text)} starts in a folder that does not exist any more") from None


def integer(low: int, high: int) -> Kind[int]:
    """Integers from `low` (0 or more) to `high`, in decimal digits where they come as text."""
    allowed = f"from {low} to {high}"

    def check(value: int, shown: str) -> int:
        if not low <= value <= high:
            raise ValueError(f"{shown} is not an integer {allowed}")
        return value

    def from_text(text: str) -> int:
        digits = _DIGITS.fullmatch(text)
        return check(int(digits[1]) if digits else -1, quoted(text))

    def from_file(value: int) -> int:
        return check(value, str(value) if abs(value) <= _LARGEST_SHOWN else "this number")

    return Kind(toml=int, allowed=allowed, from_text=from_text, from_file=from_file)


def _path_in_file(text: str) -> Path:
    if not text.startswith(("/", "~")):
        raise ValueError(f"{quoted(text)} must be {_FOLDER_IN_FILE}")
    return path(text)


ADDRESS: Kind[str] = Kind(
    toml=str, allowed="an address that begins with https://", from_text=base_url, from_file=base_url
)
FOLDER: Kind[Path] = Kind(toml=str, allowed=_FOLDER_IN_FILE, from_text=path, from_file=_path_in_file)
