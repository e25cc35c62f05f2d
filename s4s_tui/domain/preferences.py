"""What a person may choose about how the program looks and tells: set in the config, changed while it runs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DEFAULT_THEME: Final = "s4s-dark"
THEMES: Final = (
    DEFAULT_THEME,
    "s4s-light",
    "terminal",
    "textual-dark",
    "textual-light",
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "tokyo-night",
)
"""By name: two of ours, the terminal's own 16 colours, and those that Textual brings."""


class ClipboardChoice(StrEnum):
    """Where copies go."""

    AUTO = "auto"  # by the environment: the desktop's clipboard, else the terminal's
    OSC52 = "osc52"
    SYSTEM = "system"
    FILE = "file"
    OFF = "off"


class NotifyChoice(StrEnum):
    """By which escape sequence a desktop notification is asked for."""

    AUTO = "auto"  # by the terminal's name
    OSC9 = "osc9"
    OSC777 = "osc777"
    OSC99 = "osc99"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The defaults are the program's.

    Attributes:
        clipboard: where copies go.
        copy_code: whether a code is copied when it arrives.
        clear_clipboard: seconds after which what was copied is taken back from the clipboard, 0 for never.
        bell: whether the terminal's bell rings when a number or code arrives or money comes back.
        notify: how the desktop is told of the same.
        window_title: whether the terminal's title shows the state of the orders.
        theme: one of `THEMES`.
        mask: whether numbers and codes are hidden until they are asked for.
        reduce_motion: whether nothing moves by itself: a clock shows minutes until its last one.
        mouse: whether clicks come to the program; without it the terminal selects text.
    """

    clipboard: ClipboardChoice = ClipboardChoice.AUTO
    copy_code: bool = False
    clear_clipboard: int = 0
    bell: bool = True
    notify: NotifyChoice = NotifyChoice.AUTO
    window_title: bool = True
    theme: str = DEFAULT_THEME
    mask: bool = False
    reduce_motion: bool = False
    mouse: bool = True
