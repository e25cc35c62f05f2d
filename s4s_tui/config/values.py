"""The kinds of values that a key can have: how each is read from a text and from the config file.

A further kind is one more `Kind`, made by a function like `integer` where it has parameters.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from s4s_tui.config.address import base_url
from s4s_tui.config.errors import quoted
from s4s_tui.config.proxy import ALLOWED, proxy
from s4s_tui.domain.apikey import LONGEST, trimmed, trouble
from s4s_tui.domain.contacts import check_lightning_address
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

_BOOLEANS = {"true": True, "false": False}
_DIGITS = re.compile(r"0*([0-9]{1,9})")
_LARGEST_SHOWN = 10**9
"""A number in hexadecimal can have tens of thousands of digits, which Python refuses to write in decimal."""
_KEYMAP = '{ "order.copy" = "y" }'
_FOLDER_IN_FILE = "an absolute path, or one that begins with ~/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """One kind of value. Both readers raise ValueError with what is wrong, without a full stop."""

    toml: tuple[type, ...]
    """The types that it can have in `ConfigFile.table`, exactly: to Python a boolean is an int as well."""
    allowed: str
    """What of this type is allowed in the config file, in words that can follow "must be a string, "."""
    from_text: Callable[[Any], T_co]
    """Reads it as the command line or the environment has it: a text, or a Secret where it is `sealed`."""
    from_file: Callable[[Any], T_co]
    """Reads it as `ConfigFile.table` has it; it is of a type in `toml`."""
    sealed: bool = False
    """Whether its text is a Secret from the moment that it is read."""
    guarded: Callable[[Secret], bool] = bool
    """Of a `sealed` one: whether a text of it must not be in a file that others can read."""
    private: bool = False
    """Whether its value is never repeated to the person, though it is no Secret."""


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

    return Kind(toml=(int,), allowed=allowed, from_text=from_text, from_file=from_file)


def one_of(allowed: Callable[[str], T], words: Iterable[str]) -> Kind[T]:
    """One of some words, `allowed` making the value of it."""
    known = tuple(map(str, words))
    listed = f"one of {', '.join(known[:-1])} and {known[-1]}"

    def read(text: str) -> T:
        if text not in known:
            raise ValueError(f"{quoted(text)} is not {listed}")
        return allowed(text)

    return Kind(toml=(str,), allowed=listed, from_text=read, from_file=read)


def _yes_or_no(text: str) -> bool:
    if text not in _BOOLEANS:
        raise ValueError(f"{quoted(text)} is neither true nor false")
    return _BOOLEANS[text]


def _lightning(text: str) -> str:
    if text and check_lightning_address(text):
        raise ValueError(f"{quoted(text)} is not a Lightning address like name@example.com, in lower case")
    return text


def _key(text: Secret) -> Secret:
    key = trimmed(text)
    wrong = trouble(key)
    if wrong:
        raise ValueError(f"this is no API key: {wrong}")
    return key


def _words(text: str) -> tuple[str, ...]:
    """A command as a shell would split it; nothing else that a shell does is done."""
    import shlex

    try:
        words = shlex.split(text)
    except ValueError:  # it says the same in fewer words
        raise ValueError("a quote in this command does not end, or a backslash is its last character") from None
    return _command(words)


def _command_in_file(value: str | list[object]) -> tuple[str, ...]:
    return _words(value) if isinstance(value, str) else _command(value)


def _command(words: Sequence[object]) -> tuple[str, ...]:
    """The program and its arguments. They are not repeated in what is said of them: one may be a password."""
    texts = tuple(word for word in words if isinstance(word, str))
    if len(texts) != len(words):
        raise ValueError("the words of this command must all be strings")
    if not texts or not texts[0]:
        raise ValueError("this command names no program")
    if any("\0" in text for text in texts):
        raise ValueError("this command holds a character that none can have")
    return texts


def _keymap(pairs: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """Keys by binding; whether there are such is known to the screens alone."""
    found: dict[str, str] = {}
    for name, keys in pairs:
        if not isinstance(keys, str) or not keys.strip():
            raise ValueError(f"{quoted(name)} needs a key as a string, as in {_KEYMAP}")
        found[name] = keys
    return tuple(found.items())


def _keymap_words(text: str) -> tuple[tuple[str, str], ...]:
    words = [word.partition("=") for word in text.split()]
    return _keymap((name, keys) for name, _, keys in words)


def _keymap_table(table: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return _keymap(_flat(table))


def _flat(table: dict[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Without quotes TOML reads the dots of a name as tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _path_in_file(text: str) -> Path:
    if not text.startswith(("/", "~")):
        raise ValueError(f"{quoted(text)} must be {_FOLDER_IN_FILE}")
    return path(text)


BOOLEAN: Kind[bool] = Kind(toml=(bool,), allowed="true or false", from_text=_yes_or_no, from_file=bool)
ADDRESS: Kind[str] = Kind(
    toml=(str,), allowed="an address that begins with https://", from_text=base_url, from_file=base_url
)
FOLDER: Kind[Path] = Kind(toml=(str,), allowed=_FOLDER_IN_FILE, from_text=path, from_file=_path_in_file)
LIGHTNING: Kind[str] = Kind(
    toml=(str,), allowed="a Lightning address or empty", from_text=_lightning, from_file=_lightning
)
KEY: Kind[Secret] = Kind(
    toml=(Secret,), allowed=f"at most {LONGEST} characters", from_text=_key, from_file=_key, sealed=True
)
COMMAND: Kind[tuple[str, ...]] = Kind(
    toml=(str, list),
    allowed="a program and its arguments",
    from_text=_words,
    from_file=_command_in_file,
    private=True,
)
KEYMAP: Kind[tuple[tuple[str, str], ...]] = Kind(
    toml=(dict,), allowed=f"bindings and their keys, as in {_KEYMAP}", from_text=_keymap_words, from_file=_keymap_table
)
PROXY: Kind[Proxy] = Kind(
    toml=(Secret,),
    allowed=ALLOWED,
    from_text=proxy,
    from_file=proxy,
    sealed=True,
    guarded=lambda text: "@" in text.reveal(),
)
