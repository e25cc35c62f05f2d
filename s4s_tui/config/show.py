"""The settings that hold, as TOML that says where each comes from; secrets are left out."""

from pathlib import Path

from s4s_tui.config.keys import KEYMAP, KEYS
from s4s_tui.config.settings import Settings
from s4s_tui.config.toml import literal
from s4s_tui.domain.origin import Source


def shown(settings: Settings) -> str:
    """Every key with its value and where that comes from."""
    there = "" if settings.config_file.exists() else ", which is not there"
    lines = [f"# config file: {_one_line(settings.config_file)}{there}"]
    for name, key in KEYS.items():
        value, origin = getattr(settings, name), settings.origins[name].words
        if value in (None, ()):
            unused = settings.origins[name].source is not Source.DEFAULT  # of key and command only one counts
            lines.append(f"# {name} does not count  # {origin}" if unused else f"# {name} is not set")
        elif key.kind.sealed or key.kind.private:
            lines.append(f"# {name} is set and not shown  # {origin}")
        else:
            table = dict(value) if key is KEYMAP else value
            lines.append(f"{name} = {literal(table)}  # {origin}")
    return "\n".join(lines) + "\n"


def _one_line(path: Path) -> str:
    """A path that may hold anything, in quotes."""
    return literal(str(path))
