"""Desktop notifications by escape sequence: which one a terminal understands, and how it is written."""

from collections.abc import Mapping
from typing import Final

from s4s_tui.domain.preferences import NotifyChoice
from s4s_tui.domain.text import clean

_MOST: Final = 120
"""Characters of a notification; desktops show no more."""
_NAME: Final = "s4s"
_BY_PROGRAM: Final = {
    "iTerm.app": NotifyChoice.OSC9,
    "WezTerm": NotifyChoice.OSC777,
    "ghostty": NotifyChoice.OSC777,
}
"""By TERM_PROGRAM, as their manuals say."""


def understood(environ: Mapping[str, str]) -> NotifyChoice:
    """The sequence that the terminal understands by its name; OFF for one of which that is not known.

    GNU screen passes none of them on.
    """
    if environ.get("STY") and not environ.get("TMUX"):
        return NotifyChoice.OFF
    term = environ.get("TERM", "")
    if environ.get("KITTY_WINDOW_ID") or "kitty" in term:
        return NotifyChoice.OSC99
    if known := _BY_PROGRAM.get(environ.get("TERM_PROGRAM", "")):
        return known
    if term.startswith(("foot", "rxvt-unicode")) or environ.get("VTE_VERSION"):
        return NotifyChoice.OSC777
    return NotifyChoice.OFF


def sequence(text: str, choice: NotifyChoice, environ: Mapping[str, str]) -> str:
    """What asks for the notification, "" for none; `text` is data, of which nothing gets out of the sequence."""
    kind = understood(environ) if choice is NotifyChoice.AUTO else choice
    words = clean(text, _MOST).replace(";", ",")
    match kind:
        case NotifyChoice.OSC9:
            written = f"\x1b]9;{_NAME}: {words}\x1b\\"
        case NotifyChoice.OSC777:
            written = f"\x1b]777;notify;{_NAME};{words}\x1b\\"
        case NotifyChoice.OSC99:
            written = f"\x1b]99;i={_NAME}:d=0;{_NAME}\x1b\\\x1b]99;i={_NAME}:p=body;{words}\x1b\\"
        case _:
            return ""
    if environ.get("TMUX"):  # passed on where allow-passthrough is on; each ESC inside is doubled (tmux's manual)
        escaped = written.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{escaped}\x1b\\"
    return written
