"""Writing a setting into the config file, or out of it, with everything else in there left as the person wrote it.

tomli-w knows no comments, so the text is edited; what comes out is read again and must say exactly what is wanted.
Only where no edit does that the file is written anew by tomli-w. No frame that raises holds the text of the file.
"""

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from s4s_tui.config.errors import quoted, reason
from s4s_tui.config.file import LARGEST_FILE, statement_lines
from s4s_tui.config.keys import API_KEY, API_KEY_COMMAND, KEYS
from s4s_tui.config.toml import literal
from s4s_tui.domain.errors import ApiKeyError, SettingsError
from s4s_tui.domain.secret import Secret

_TABLE = re.compile(r"\s*\[")


class KeyInFile:
    """The line `api_key` of a config file. Every method blocks and raises ApiKeyError and nothing else."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def name(self) -> str:
        """The file, for a sentence."""
        return quoted(self._file)

    def put(self, key: Secret) -> None:
        """Write the key in one step into a file that is this user's alone (0600); it is made where there is none."""
        self._change(Secret(literal(key.reveal())))

    def remove(self) -> None:
        """Take the key out; a file without one is left alone."""
        self._change(None)

    def _change(self, key: Secret | None) -> None:
        if trouble := _change(self._file, API_KEY.name, key):
            raise ApiKeyError(trouble)


class SettingsInFile:
    """The settings in a config file that the person changes while the program runs."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def put(self, name: str, value: object) -> None:
        """Write a setting in one step, or take it out where it is None; the file keeps its rights.

        Blocks; raises SettingsError and nothing else.
        """
        if trouble := _change(self._file, name, None if value is None else Secret(literal(value))):
            raise SettingsError(trouble)


def _change(file: Path, name: str, value: Secret | None) -> str:
    """Give the key a value (TOML), or take it out where it is None; what is wrong, as a sentence, "" where nothing."""
    secret = KEYS[name].kind.sealed
    shown = f"The config file {quoted(file)}"
    try:
        target = file.resolve()  # a link (to a collection of such files) stays one
    except (OSError, RuntimeError):
        return f"{shown} cannot be found: links in a circle."
    text = _read(target)
    if isinstance(text, str):
        return f"{shown} {text}."
    changed = _changed(text, name, value)
    if isinstance(changed, str):
        return f"{shown} {changed}."
    try:
        if changed != text or (secret and value is not None and _open_to_others(target)):
            _replace(target, changed, 0o600 if secret else _mode(target))
    except OSError as error:
        return f"{shown} cannot be written: {reason(error)}."
    return ""


def _read(file: Path) -> Secret | str:
    """The text, empty where there is no file; else what is wrong, to follow "The config file … "."""
    try:
        if file.exists() and not file.is_file():
            return "is no ordinary file, so it cannot be written"
        raw = file.read_bytes() if file.exists() else b""
        return Secret(raw.decode("utf-8"))
    except OSError as error:
        return f"cannot be read: {reason(error)}"
    except UnicodeDecodeError:
        return "is not in UTF-8"


def _changed(sealed: Secret, name: str, value: Secret | None) -> Secret | str:
    """The text with the value, without it where it is None; else what is wrong, to follow "The config file … "."""
    text = sealed.reveal()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    try:
        wanted = tomllib.loads(text)
    except (ValueError, RecursionError):
        return "is not valid TOML: mend it first"
    if value is None and name not in wanted:
        return sealed
    if value is not None and name == API_KEY.name and API_KEY_COMMAND.name in wanted:
        return f"has {API_KEY_COMMAND.name} in it, which counts: take that line out first"
    if value is None:
        del wanted[name]
    else:
        wanted[name] = tomllib.loads(f"x = {value.reveal()}")["x"]
    for edited in _edits(text, name, None if value is None else value.reveal()):
        if _says(edited, wanted):
            break
    else:
        import tomli_w

        edited = tomli_w.dumps(wanted)
    if len(edited.encode()) > LARGEST_FILE:
        return f"would be larger than {LARGEST_FILE // 1024} KiB"
    return Secret(mark + edited)


def _edits(text: str, name: str, value: str | None) -> Iterator[str]:
    """Ways to set the key to `value` (TOML), or to take it out where it is None; the best first."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    place = statement_lines(name, Secret(text))
    if place is not None:
        first, last = place.start, place.stop
        if value is None:
            yield "".join(lines[:first] + lines[last:])
            return
        line = _one_line(name).fullmatch(lines[first].rstrip("\r\n")) if last == first + 1 else None
        new = f"{line['before']}{value}{line['after']}{end}" if line else f"{name} = {value}{end}"
        yield "".join([*lines[:first], new, *lines[last:]])
    if value is None:
        return
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    new = f"{name} = {value}{end}"
    tables = [number for number, line in enumerate(lines) if _TABLE.match(line)]
    for number in (len(lines), *tables[:1], 0):
        yield "".join([*lines[:number], new, *lines[number:]])


def _one_line(name: str) -> re.Pattern[str]:
    """A line that gives the key a string, a number or a boolean, with what stands around that."""
    return re.compile(
        rf"""(?P<before>\s*(?:{name}|"{name}"|'{name}')\s*=\s*)"""
        r"""(?:"(?!"")(?:[^"\\]|\\.)*"|'(?!'')[^']*'|[\w+.-]+)"""
        r"""(?P<after>\s*(?:\#.*)?)"""
    )


def _says(text: str, wanted: dict[str, object]) -> bool:
    try:
        said = tomllib.loads(text)
    except ValueError:
        return False
    # By their words, key by key: to Python 1 and true are equal, and nan is not even equal to itself.
    return {name: repr(value) for name, value in said.items()} == {name: repr(value) for name, value in wanted.items()}


def _open_to_others(file: Path) -> bool:
    return bool(file.stat().st_mode & 0o077)


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode) if file.exists() else 0o600


def _replace(file: Path, content: Secret, mode: int) -> None:
    """Write the file in one step, 0600 until it is whole, and synced; raises OSError."""
    from tempfile import mkstemp

    for folder in reversed([folder for folder in file.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp")  # 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.reveal().encode())
            stream.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    with suppress(OSError):  # not every disk can sync a folder, and the file itself is
        folder_handle = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder_handle)
        finally:
            os.close(folder_handle)
