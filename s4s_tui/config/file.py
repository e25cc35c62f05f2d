"""The config file: TOML, read once, every mistake in it told by file, line and key."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from s4s_tui.config.errors import ConfigError, quoted, reason
from s4s_tui.config.keys import KEYS, Key

T = TypeVar("T")

_LARGEST_FILE = 64 * 1024
_MOST_LINES = 500
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TYPE_NAMES: Mapping[type, str] = {
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    list: "an array",
    dict: "a table",
}
_OTHER_TYPE = "a date or time"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What the config file says, for known keys only; nothing where there is no file."""

    path: Path
    text: str = ""
    table: Mapping[str, object] = field(default_factory=dict)

    def value(self, key: Key[T]) -> T | None:
        """The value of `key`, None where the file does not name it; raises ConfigError."""
        if key.name not in self.table:
            return None
        value = self.table[key.name]
        kind = key.kind
        if type(value) is not kind.toml:
            wanted, found = (_TYPE_NAMES.get(each, _OTHER_TYPE) for each in (kind.toml, type(value)))
            raise ConfigError(f"{self.place(key.name)}: {key.name} must be {wanted}, {kind.allowed}, not {found}.")
        try:
            return kind.from_file(value)
        except ValueError as error:
            raise ConfigError(f"{self.place(key.name)}: {key.name}: {error}.") from error

    def place(self, key: str) -> str:
        """File and line of `key`, to begin a sentence with."""
        return _place(self.path, _line_of(key, self.text))


def read(file: Path, *, required: bool) -> ConfigFile:
    """The config file; raises ConfigError, also where it does not exist though it is `required`."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        if required:
            raise ConfigError(f"The config file {quoted(file)} does not exist.") from error
        return ConfigFile(file)
    except OSError as error:
        raise ConfigError(f"The config file {quoted(file)} cannot be read: {reason(error)}.") from error
    if len(raw) > _LARGEST_FILE:
        raise ConfigError(f"The config file {quoted(file)} is larger than {_LARGEST_FILE // 1024} KiB.")
    text = _decoded(file, raw)
    found = ConfigFile(file, text, _parsed(file, text))
    for key in found.table:
        if key not in KEYS:
            *most, last = KEYS
            allowed = f"{', '.join(most)} and {last}"
            raise ConfigError(f"{found.place(key)}: unknown key {quoted(key)}, allowed are {allowed}.")
    return found


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{_place(file, line)}: the config file is not in UTF-8.") from error


def _parsed(file: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(f"{_place(file, None)}: the config file is nested too deeply.") from error
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number with 5,000 digits
        where = _TOML_PLACE.search(str(error))
        what = _TOML_PLACE.sub("", str(error))
        line = None if where is None else int(where["line"] or text.count("\n") + 1)
        raise ConfigError(f"{_place(file, line)}: this is not valid TOML: {what}.") from error


def _line_of(key: str, text: str) -> int | None:
    """The line where the statement that defines `key` begins; None in a file too long to look for it."""
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return None
    before = 0
    for number in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:number]))
        except ValueError:  # in the middle of a statement
            continue
        if key in table:
            return before + 1
        before = number
    return None


def _place(file: Path, line: int | None) -> str:
    return quoted(file) if line is None else f"{quoted(file)}, line {line}"
