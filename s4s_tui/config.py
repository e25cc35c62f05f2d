"""Settings: argument before environment before file before default, each value checked where it comes from."""

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from s4s_tui.domain.net import is_loopback

APP_NAME = "s4s-tui"
DEFAULT_API_URL = "https://api2.sms4sats.com"
KEYS: Mapping[str, str] = {
    "api_url": "an address that begins with https://",
    "data_dir": "an absolute path, or one that begins with ~/",
}
"""The keys of the config file, and what is allowed for each."""

_LARGEST_FILE = 64 * 1024
_MOST_LINES = 500
_LONGEST_QUOTE = 120
_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9])?\.?", re.IGNORECASE)
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TYPE_NAMES = {"bool": "a boolean", "int": "an integer", "float": "a float", "list": "an array", "dict": "a table"}


class ConfigError(Exception):
    """A setting that cannot be used; its text is one sentence that names the place and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line said; None where it said nothing."""

    api_url: str | None = None
    config: str | None = None
    data_dir: str | None = None
    log: str | None = None
    demo: bool = False
    demo_speed: float = 1.0
    demo_pay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the program needs to know before it starts."""

    api_url: str
    """The server, without a slash at the end; the demo talks to its own sandbox instead."""
    data_dir: Path
    """The folder of the real journal, absolute."""
    config_file: Path
    """The config file that was looked for; it need not exist unless it was named."""
    log_file: Path | None = None
    demo: bool = False
    demo_speed: float = 1.0
    """In the demo: seconds of an order's life that pass in one second."""
    demo_pay: float | None = None
    """In the demo: seconds after which an invoice is paid by itself; None: only by the key."""

    @property
    def journal_dir(self) -> Path:
        """Where this run keeps its journal: the demo's orders stay apart from real ones."""
        return self.data_dir / "demo" if self.demo else self.data_dir


@dataclass(frozen=True, slots=True)
class _Given:
    """A value as it was written, and the place to name when it is wrong."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class _FileValues:
    api_url: str | None = None
    data_dir: Path | None = None


def load(options: Options, environ: Mapping[str, str]) -> Settings:
    """Settings from the command line, `environ`, the config file and the defaults; raises ConfigError.

    Of argument and environment only the one that counts is checked; the config file is checked as a whole.
    """
    named = _given("--config", options.config, "S4S_CONFIG", environ)
    config_file = _path(named) if named else _default_config_file()
    values = _read(config_file, required=named is not None)
    url = _given("--api-url", options.api_url, "S4S_API_URL", environ)
    folder = _given("--data-dir", options.data_dir, "S4S_DATA_DIR", environ)
    return Settings(
        api_url=_url(url) if url else values.api_url or DEFAULT_API_URL,
        data_dir=_path(folder) if folder else values.data_dir or _default_data_dir(),
        config_file=config_file,
        log_file=None if options.log is None else _path(_Given(options.log, "--log")),
        demo=options.demo,
        demo_speed=options.demo_speed,
        demo_pay=options.demo_pay,
    )


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, for this user alone (0700); raises ConfigError.

    A folder that exists keeps its rights: they may be wanted.
    """
    try:
        for part in (*reversed(folder.parents), folder):
            if not part.is_dir():
                part.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The data folder {_quoted(folder)} cannot be made: {_reason(error)}.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigError(f"The data folder {_quoted(folder)} cannot be written to.")


def base_url(text: str) -> str:
    """The server's address in its normal form; raises ValueError with what is wrong with it."""
    parts = _split(text)
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        raise ValueError(f"{_quoted(text)} holds characters that an address cannot have")
    if "?" in text or "#" in text:
        raise ValueError(f"{_quoted(text)} must end before ? and #")
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme not in ("https", "http") or not parts.netloc:
        raise ValueError(f"{_quoted(text)} must begin with https:// and a host")
    if not _is_host(host):
        raise ValueError(f"{_quoted(text)} has no valid host")
    if scheme == "http" and not is_loopback(host):
        raise ValueError(f"{_quoted(text)} must begin with https:// (http:// is allowed to this machine only)")
    authority = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    return f"{scheme}://{authority}{port}{parts.path}".rstrip("/")


def _split(text: str) -> SplitResult:
    """The parts of an address; its errors do not repeat it, as it may hold a password."""
    try:
        parts = urlsplit(text)
        port = None if "@" in parts.netloc else parts.port
    except ValueError:
        raise ValueError("there is no valid host or port in this address") from None
    if "@" in parts.netloc:
        raise ValueError("a user name or password in an address is not allowed")
    if port == 0:
        raise ValueError("there is no server on port 0")
    return parts


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _HOST_NAME.fullmatch(host) is not None
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _default_config_file() -> Path:
    from platformdirs.unix import Unix

    return Unix(APP_NAME, appauthor=False).user_config_path / "config.toml"


def _default_data_dir() -> Path:
    from platformdirs.unix import Unix

    return Unix(APP_NAME, appauthor=False).user_data_path


def _given(option: str, value: str | None, variable: str, environ: Mapping[str, str]) -> _Given | None:
    if value is not None:
        return _Given(value, option)
    text = environ.get(variable, "")
    return _Given(text, variable) if text else None


def _url(given: _Given) -> str:
    try:
        return base_url(given.text)
    except ValueError as error:
        raise ConfigError(f"{given.place}: {error}.") from error


def _path(given: _Given) -> Path:
    if not given.text or "\0" in given.text:
        raise ConfigError(f"{given.place}: {_quoted(given.text)} is not a path.")
    try:
        return Path(given.text).expanduser().absolute()
    except RuntimeError as error:
        raise ConfigError(f"{given.place}: no home folder is known for {_quoted(given.text)}.") from error


def _file_path(given: _Given) -> Path:
    if not given.text.startswith(("/", "~")):
        raise ConfigError(f"{given.place}: {_quoted(given.text)} must be {KEYS['data_dir']}.")
    return _path(given)


def _read(file: Path, *, required: bool) -> _FileValues:
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        if required:
            raise ConfigError(f"The config file {_quoted(file)} does not exist.") from error
        return _FileValues()
    except OSError as error:
        raise ConfigError(f"The config file {_quoted(file)} cannot be read: {_reason(error)}.") from error
    if len(raw) > _LARGEST_FILE:
        raise ConfigError(f"The config file {_quoted(file)} is larger than {_LARGEST_FILE // 1024} KiB.")
    text = _decoded(file, raw)
    return _checked(file, text, _parsed(file, text))


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


def _checked(file: Path, text: str, table: Mapping[str, object]) -> _FileValues:
    found: dict[str, _Given] = {}
    for key, value in table.items():
        place = _place(file, _line_of(key, text))
        if key not in KEYS:
            raise ConfigError(f"{place}: unknown key {_quoted(key)}, allowed are {' and '.join(KEYS)}.")
        if not isinstance(value, str):
            kind = _TYPE_NAMES.get(type(value).__name__, "a date or time")
            raise ConfigError(f"{place}: {key} must be a string, {KEYS[key]}, not {kind}.")
        found[key] = _Given(value, f"{place}: {key}")
    url, folder = found.get("api_url"), found.get("data_dir")
    return _FileValues(_url(url) if url else None, _file_path(folder) if folder else None)


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
    return _quoted(file) if line is None else f"{_quoted(file)}, line {line}"


def _quoted(value: str | Path) -> str:
    """`value` in quotes without control characters, and not endless."""
    text = str(value)
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
