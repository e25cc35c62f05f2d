"""`s4s-tui config`: where the settings are, whether they can be used, and what they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from s4s_tui.commands.console import UsageError, say
from s4s_tui.commands.options import parser, settings

if TYPE_CHECKING:
    from s4s_tui.config import Settings

_USAGE = "s4s-tui config path|check|show [OPTIONS]"
_DESCRIPTION = """\
path   prints the path of the config file
check  reads every setting: says that all is well, or what is wrong (exit status 2)
show   prints every setting as TOML, and where it comes from; the API key is left
       out

The options of s4s-tui count here, too."""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status."""
    reader = parser("s4s-tui config", _USAGE, _DESCRIPTION)
    reader.add_argument("what", nargs="?", default="", help="one of the above")
    found = reader.parse_args(arguments)
    if found.help:
        return say(reader.format_help())
    if found.what not in _PARTS:
        raise UsageError(f"s4s-tui config takes one of {', '.join(_PARTS)}; s4s-tui config --help explains.")
    return _PARTS[found.what](settings(found))


def _path(held: "Settings") -> int:
    return say(f"{held.config_file}\n")


def _check(held: "Settings") -> int:
    exists = "" if held.config_file.exists() else " (not there: the defaults hold)"
    return say(f"All settings are well. Config file: {held.config_file}{exists}\n")


def _show(held: "Settings") -> int:
    from s4s_tui.config.show import shown

    return say(shown(held))


_PARTS: Mapping[str, Callable[["Settings"], int]] = {"path": _path, "check": _check, "show": _show}
