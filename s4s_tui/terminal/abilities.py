"""What a terminal can do, as far as the environment's names tell."""

from collections.abc import Mapping

from s4s_tui.domain.preferences import ClipboardChoice, NotifyChoice
from s4s_tui.terminal.clipboard import Way, choose, over_ssh
from s4s_tui.terminal.notice import understood

_PLACES = {Way.SYSTEM: "the desktop's clipboard", Way.TERMINAL: "the terminal (OSC 52)", Way.FILE: "a file"}
_CHOSEN = {
    ClipboardChoice.OSC52: Way.TERMINAL,
    ClipboardChoice.SYSTEM: Way.SYSTEM,
    ClipboardChoice.FILE: Way.FILE,
}


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
        f"{notices}, by the terminal's name",
        f"{'yes' if drawn else 'not known'}, by the terminal's name (small QR codes are drawn in them)",
    )


def copies(choice: ClipboardChoice, environ: Mapping[str, str], platform: str) -> tuple[bool, str]:
    """Whether copies go where they are wanted, and where that is; nothing is copied."""
    if choice is ClipboardChoice.OFF:
        return True, "off"
    way = _CHOSEN.get(choice) or choose(environ, platform)
    place = f"go to {_PLACES[way]}"
    if way is Way.SYSTEM and not _has_clipboard():
        instead = _PLACES[Way.FILE if choice is ClipboardChoice.SYSTEM else Way.TERMINAL]
        return False, f"no program for the desktop's clipboard was found (wl-copy, xclip, xsel): they go to {instead}"
    return True, f"{place}, and to tmux's buffer" if environ.get("TMUX") and way is not Way.FILE else place


def _has_clipboard() -> bool:
    import pyperclip

    copy, _paste = pyperclip.determine_clipboard()
    return bool(copy)  # what stands for none counts as false


def around(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What stands between the program and the person's terminal."""
    multiplexer = "in tmux" if environ.get("TMUX") else "in GNU screen" if environ.get("STY") else ""
    return tuple(filter(None, ("over SSH" if over_ssh(environ) else "", multiplexer)))
