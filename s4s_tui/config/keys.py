"""The keys of the config file: the one table of what can be set, with type, default and what is allowed.

A further key is a line here, a field of `Settings`, a line in `sources.load`, and words in config.example.toml,
README.md and `--help`; a test fails where one of them is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from s4s_tui.config import values
from s4s_tui.config.settings import DEFAULT_KEEP_DAYS
from s4s_tui.config.values import ADDRESS, BOOLEAN, COMMAND, FOLDER, KEY, LIGHTNING, PROXY, Kind, T_co, integer, one_of
from s4s_tui.domain.preferences import THEMES, ClipboardChoice, NotifyChoice, Preferences
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

APP_NAME = "s4s-tui"
DEFAULTS = Preferences()
DEFAULT_API_URL = "https://api2.sms4sats.com"


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """Something that can be set, by the same name in every place."""

    name: str
    """In the config file and in `Settings`."""
    kind: Kind[T_co]
    default: Callable[[], T_co]
    """Called when it is needed: a folder depends on the environment."""

    @property
    def option(self) -> str:
        """On the command line, where there is an option for it."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def variable(self) -> str:
        """In the environment."""
        return f"S4S_{self.name.upper()}"


def default_config_file() -> Path:
    """Where the config file is looked for unless it is named."""
    from platformdirs.unix import Unix

    return Unix(APP_NAME, appauthor=False).user_config_path / "config.toml"


def _default_data_dir() -> Path:
    from platformdirs.unix import Unix

    return Unix(APP_NAME, appauthor=False).user_data_path


API_URL = Key("api_url", ADDRESS, lambda: DEFAULT_API_URL)
PROXY_KEY: Key[Proxy | None] = Key("proxy", PROXY, lambda: None)
DATA_DIR = Key("data_dir", FOLDER, _default_data_dir)
KEEP_DAYS = Key("keep_days", integer(0, 3650), lambda: DEFAULT_KEEP_DAYS)
MAX_PRICE: Key[int | None] = Key("max_price", integer(1, 10_000_000), lambda: None)
REF = Key("ref", LIGHTNING, lambda: "")
CLIPBOARD = Key("clipboard", one_of(ClipboardChoice, ClipboardChoice), lambda: DEFAULTS.clipboard)
COPY_CODE = Key("copy_code", BOOLEAN, lambda: DEFAULTS.copy_code)
CLEAR_CLIPBOARD = Key("clear_clipboard", integer(0, 3600), lambda: DEFAULTS.clear_clipboard)
BELL = Key("bell", BOOLEAN, lambda: DEFAULTS.bell)
NOTIFY = Key("notify", one_of(NotifyChoice, NotifyChoice), lambda: DEFAULTS.notify)
WINDOW_TITLE = Key("window_title", BOOLEAN, lambda: DEFAULTS.window_title)
THEME = Key("theme", one_of(str, THEMES), lambda: DEFAULTS.theme)
MASK = Key("mask", BOOLEAN, lambda: DEFAULTS.mask)
REDUCE_MOTION = Key("reduce_motion", BOOLEAN, lambda: DEFAULTS.reduce_motion)
MOUSE = Key("mouse", BOOLEAN, lambda: DEFAULTS.mouse)
KEYMAP: Key[tuple[tuple[str, str], ...]] = Key("keymap", values.KEYMAP, lambda: ())
API_KEY: Key[Secret | None] = Key("api_key", KEY, lambda: None)
API_KEY_COMMAND: Key[tuple[str, ...]] = Key("api_key_command", COMMAND, lambda: ())

_ALL: tuple[Key[object], ...] = (
    API_URL,
    PROXY_KEY,
    DATA_DIR,
    KEEP_DAYS,
    MAX_PRICE,
    REF,
    CLIPBOARD,
    COPY_CODE,
    CLEAR_CLIPBOARD,
    BELL,
    NOTIFY,
    WINDOW_TITLE,
    THEME,
    MASK,
    REDUCE_MOTION,
    MOUSE,
    KEYMAP,
    API_KEY,
    API_KEY_COMMAND,
)
KEYS: Mapping[str, Key[object]] = {key.name: key for key in _ALL}
"""Every key by its name, in the order of config.example.toml."""
