"""Settings: argument before environment before file before default, each value checked where it comes from."""

from s4s_tui.config.address import base_url
from s4s_tui.config.errors import ConfigError
from s4s_tui.config.folder import make_folder
from s4s_tui.config.keys import DEFAULT_API_URL, KEYS
from s4s_tui.config.settings import Options, Settings
from s4s_tui.config.sources import config_path, load, place_of_binding

__all__ = [
    "DEFAULT_API_URL",
    "KEYS",
    "ConfigError",
    "Options",
    "Settings",
    "base_url",
    "config_path",
    "load",
    "make_folder",
    "place_of_binding",
]
