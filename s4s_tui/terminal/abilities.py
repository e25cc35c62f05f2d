"""What a terminal can do, as far as the environment's names tell."""

from collections.abc import Mapping

from s4s_tui.domain.preferences import NotifyChoice
from s4s_tui.terminal.clipboard import Way, choose, over_ssh
from s4s_tui.terminal.notice import understood

_PLACES = {Way.SYSTEM: "the desktop's clipboard", Way.TERMINAL: "the terminal (OSC 52)", Way.FILE: "a file"}


def colours(environ: Mapping[str, str]) -> str:
    """How many colours there are, in words."""
    term = environ.get("TERM", "")
    if "NO_COLOR" in environ:
        return "no colours (NO_COLOR)"
    if environ.get("COLORTERM", "") in ("truecolor", "24bit") or term.endswith("-direct"):
        return "16 million colours"
    return "256 colours" if "256" in term else "16 colours"


def by_name(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What the names of the terminal promise; nothing was asked of it."""
    kind = understood(environ)
    notices = "not known" if kind is NotifyChoice.OFF else kind.upper().replace("OSC", "OSC ")
    kitty = environ.get("TERM") == "xterm-kitty" or "KITTY_WINDOW_ID" in environ
    drawn = kitty or "VTE_VERSION" in environ or "KONSOLE_VERSION" in environ
    return (
        f"desktop notices: {notices} (by its name)",
        f"sextants for small QR codes: {'yes' if drawn else 'not known'} (by its name)",
    )


def around(environ: Mapping[str, str], platform: str) -> tuple[str, ...]:
    """What stands between the program and the person's terminal, and where copies go there."""
    found, place = [], _PLACES[choose(environ, platform)]
    if over_ssh(environ):
        found.append(f"over SSH: copies go to {place}")
    if environ.get("TMUX"):
        found.append("in tmux: copies go to its buffer, too")
    elif environ.get("STY"):
        found.append(f"in GNU screen: copies go to {place}")
    return tuple(found)
