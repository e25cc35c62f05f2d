"""What a terminal can do, as far as the environment's names tell."""

from collections.abc import Mapping, Sequence

from s4s_tui.domain.preferences import ClipboardChoice, NotifyChoice
from s4s_tui.terminal.clipboard import Way, choose, over_ssh
from s4s_tui.terminal.notice import understood
from s4s_tui.terminal.query import Answer

_DRAW_SEXTANTS = ("kitty", "vte", "konsole", "wezterm", "foot", "ghostty", "contour", "windows")
_TAKE_COPIES = ("kitty", "wezterm", "foot", "ghostty", "contour", "alacritty", "iterm", "rio", "windows")
_PLACES = {Way.SYSTEM: "the desktop's clipboard", Way.TERMINAL: "the terminal (OSC 52)", Way.FILE: "a file"}
_CHOSEN = {
    ClipboardChoice.OSC52: Way.TERMINAL,
    ClipboardChoice.SYSTEM: Way.SYSTEM,
    ClipboardChoice.FILE: Way.FILE,
}


def colours(environ: Mapping[str, str], answer: Answer) -> str:
    """How many colours there are, in words; used are as many as the environment says."""
    term = environ.get("TERM", "")
    if "NO_COLOR" in environ:
        return "no colours (NO_COLOR)"
    if environ.get("COLORTERM", "") in ("truecolor", "24bit") or term.endswith("-direct"):
        return "16 million colours"
    few = "256 colours" if "256" in term else "16 colours"
    return f"{few} by its name, 16 million as it answers (COLORTERM=truecolor uses them)" if answer.rgb else few


def notices(environ: Mapping[str, str]) -> str:
    """How the desktop is told, by the name of the terminal."""
    kind = understood(environ)
    return f"{'not known' if kind is NotifyChoice.OFF else kind.upper().replace('OSC', 'OSC ')}, by the terminal's name"


def sextants(environ: Mapping[str, str], answer: Answer) -> str:
    """Whether the terminal draws sextants itself, so that they fit together whatever the font."""
    known = (answer.name, *_names(environ))
    return f"{_judged(known, _DRAW_SEXTANTS, answer)} (small QR codes are drawn in them)"


def osc52(environ: Mapping[str, str], answer: Answer) -> str:
    """Whether the terminal takes copies by OSC 52; some have to be allowed to by their own settings.

    What stands between decides first: by its default settings tmux drops a program's own, and GNU screen does.
    """
    if environ.get("TMUX"):
        return "not needed in tmux, which has a command of its own"
    if environ.get("STY"):
        return "no, GNU screen passes none on"
    if answer.osc52:
        return "yes, as the terminal answers"
    return _judged((answer.name, *_names(environ)), _TAKE_COPIES, answer)


def _names(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What the environment calls the terminal."""
    own = {"KITTY_WINDOW_ID": "kitty", "VTE_VERSION": "vte", "KONSOLE_VERSION": "konsole", "WT_SESSION": "windows"}
    term = environ.get("TERM", "").removeprefix("xterm-")
    return (environ.get("TERM_PROGRAM", ""), term, *(name for variable, name in own.items() if variable in environ))


def _judged(names: Sequence[str], able: Sequence[str], answer: Answer) -> str:
    found = next((name for name in names if name.lower().startswith(tuple(able))), None)
    if found is None:
        return "not known"
    return f"yes, by the name that it {'answers' if found == answer.name else 'has in the environment'}"


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
