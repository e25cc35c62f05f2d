"""`s4s-tui config`: where the settings are, whether they can be used, and what they are."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from s4s_tui.commands.console import UsageError, say
from s4s_tui.commands.options import check_keymap, options, parser, settings

if TYPE_CHECKING:
    from s4s_tui.config import Options, Settings

_USAGE = "s4s-tui config path|check|show|keys [OPTIONS]"
_DESCRIPTION = """\
path   prints the path of the config file
check  reads every setting: says that all is well, or what is wrong (exit status 2)
show   prints every setting as TOML, and where it comes from; the API key is left
       out
keys   lists the names of the key bindings, for the keymap, with their keys

The options of s4s-tui count here, too."""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status."""
    reader = parser("s4s-tui config", _USAGE, _DESCRIPTION)
    reader.add_argument("what", nargs="?", default="", help="one of the above")
    found = reader.parse_args(arguments)
    if found.help:
        return say(reader.format_help())
    if found.what not in ("path", *_PARTS):
        raise UsageError(f"s4s-tui config takes one of path, {', '.join(_PARTS)}; s4s-tui config --help explains.")
    if found.what == "path":  # also of a file that cannot be used: it is to be mended
        return _path(options(found))
    return _PARTS[found.what](settings(found))


def _path(said: "Options") -> int:
    from s4s_tui.config import ConfigError, config_path

    try:
        return say(f"{config_path(said, os.environ)}\n")
    except ConfigError as error:
        raise UsageError(str(error)) from error


def _check(held: "Settings") -> int:
    check_keymap(held)
    exists = "" if held.config_file.exists() else " (not there: the defaults hold)"
    return say(f"All settings are well. Config file: {held.config_file}{exists}\n")


def _show(held: "Settings") -> int:
    from s4s_tui.config.show import shown

    return say(shown(held))


def _keys(held: "Settings") -> int:
    from s4s_tui.ui.keymap import listing

    check_keymap(held)
    rows = listing(dict(held.keymap))
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    return say("".join(f"{name:<{first}}  {keys:<{second}}  {what}\n" for name, keys, what in rows))


_PARTS: Mapping[str, Callable[["Settings"], int]] = {"check": _check, "show": _show, "keys": _keys}
