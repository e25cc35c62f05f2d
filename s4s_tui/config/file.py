"""The config file: TOML, read once, every mistake in it told by file, line and key."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from s4s_tui.config.errors import ConfigError, nearest, quoted, reason
from s4s_tui.config.keys import KEYS, Key
from s4s_tui.domain.secret import Secret

T = TypeVar("T")

LARGEST_FILE = 64 * 1024
"""Bytes."""
_MOST_LINES = 500
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TYPE_NAMES: Mapping[type, str] = {
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    list: "an array",
    dict: "a table",
    Secret: "a string",
}
_EMPTY: Mapping[type, object] = {int: 0, float: 0.0, list: [], dict: {}}
_OTHER_TYPE = "a date or time"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What the config file says, for known keys only; nothing where there is no file.

    Whatever may hold the API key is a Secret or left out: the frames that raise must not show it in a traceback.
    """

    path: Path
    text: Secret = field(default_factory=lambda: Secret(""))
    table: Mapping[str, object] = field(default_factory=dict)

    def value(self, key: Key[T]) -> T | None:
        """The value of `key`, None where the file does not name it; raises ConfigError."""
        if key.name not in self.table:
            return None
        value = self.table[key.name]
        kind = key.kind
        if type(value) not in kind.toml:
            wanted = " or ".join(_name_of(each) for each in kind.toml)
            found = _name_of(type(value))
            raise ConfigError(f"{self.place(key.name)}: {key.name} must be {wanted}, {kind.allowed}, not {found}.")
        try:
            return kind.from_file(value)
        except ValueError as error:
            raise ConfigError(f"{self.place(key.name)}: {key.name}: {error}.") from error

    def place(self, key: str, inside: str = "") -> str:
        """File and line of `key`, or of what its table names so, to begin a sentence with."""
        return _place(self.path, _line_within(key, inside, self.text) if inside else self.line(key))

    def line(self, key: str) -> int | None:
        """The line of `key`, from 1; None where it is not known."""
        return _line_of(key, self.text)


def read(file: Path, *, required: bool) -> ConfigFile:
    """The config file; raises ConfigError, also where it does not exist though it is `required`."""
    try:
        text, others_read = _content(file)
    except (FileNotFoundError, NotADirectoryError) as error:
        if required:
            raise ConfigError(f"The config file {quoted(file)} does not exist.") from error
        return ConfigFile(file)
    except OSError as error:
        raise ConfigError(f"The config file {quoted(file)} cannot be read: {reason(error)}.") from error
    if isinstance(text, ConfigError):
        raise text
    table = _parsed(file, text)
    if isinstance(table, ConfigError):
        raise table
    found = ConfigFile(file, text, table)
    for key in found.table:
        if key not in KEYS:
            *most, last = KEYS
            allowed = f"{', '.join(most)} and {last}"
            raise ConfigError(
                f"{found.place(key)}: unknown key {quoted(key)}{nearest(key, KEYS)}; allowed are {allowed}."
            )
        kind, value = KEYS[key].kind, found.table[key]
        if others_read and kind.sealed and (not isinstance(value, Secret) or kind.guarded(value)):
            raise ConfigError(
                f"{found.place(key)}: {key} is set, but others can read this file; "
                f"make it yours alone: chmod 600 {str(file)!r}."
            )
    return found


def _content(file: Path) -> "tuple[Secret | ConfigError, bool]":
    """The file's text or what is wrong with it, and whether others than its owner can read it; raises OSError."""
    with file.open("rb") as stream:
        others_read = bool(os.fstat(stream.fileno()).st_mode & 0o077)
        raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        return ConfigError(f"The config file {quoted(file)} is larger than {LARGEST_FILE // 1024} KiB."), others_read
    try:
        return Secret(raw.decode("utf-8-sig")), others_read
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return ConfigError(f"{_place(file, line)}: the config file is not in UTF-8."), others_read


def _parsed(file: Path, sealed: Secret) -> "dict[str, object] | ConfigError":
    """The top table without what must not be seen, or what is wrong with the file."""
    import tomllib  # 2 ms of a start, where there is a file at all

    text = sealed.reveal()
    try:
        return {key: _harmless(key, value) for key, value in tomllib.loads(text).items()}
    except RecursionError:
        return ConfigError(f"{_place(file, None)}: the config file is nested too deeply.")
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number with 5,000 digits
        where = _TOML_PLACE.search(str(error))
        what = _TOML_PLACE.sub("", str(error))
        line = None if where is None else int(where["line"] or text.count("\n") + 1)
        return ConfigError(f"{_place(file, line)}: this is not valid TOML: {what}.")


def _harmless(key: str, value: object) -> object:
    """The value, a Secret where it is a text that is sealed; of other types and unknown keys nothing but the type."""
    known = KEYS.get(key)
    if known is not None and not known.kind.sealed:
        return value
    return Secret(value) if isinstance(value, str) else _EMPTY.get(type(value), value)


def _name_of(kind: type) -> str:
    return _TYPE_NAMES.get(kind, _OTHER_TYPE)


def statement_lines(key: str, text: Secret) -> range | None:
    """The lines, from 0, of the statement that defines `key`; None without one, or in a file too long to look for it.

    Comments and blank lines before the statement are not counted to it.
    """
    import tomllib

    lines = text.reveal().split("\n")
    if len(lines) > _MOST_LINES:
        return None
    before = 0
    for number in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join([*lines[:number], ""]))  # an end to the last \r, too
        except ValueError:  # in the middle of a statement
            continue
        if key in table:
            return range(before, number)
        before = number
    return None


def _line_of(key: str, text: Secret) -> int | None:
    place = statement_lines(key, text)
    return None if place is None else place.start + 1


def _line_within(key: str, inside: str, text: Secret) -> int | None:
    """The line, from 1, that names `inside`, in quotes or bare, from the statement of `key` on."""
    first = _line_of(key, text)
    if first is None:
        return None
    lines = text.reveal().split("\n")[first - 1 :]
    word = re.compile(rf"[\"']?{re.escape(inside)}[\"']?\s*=")
    return first + next((at for at, line in enumerate(lines) if word.search(line)), 0)


def _place(file: Path, line: int | None) -> str:
    return quoted(file) if line is None else f"{quoted(file)}, line {line}"
