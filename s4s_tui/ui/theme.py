"""The looks: one accent; green for done, yellow for waiting on the person, red for what needs attention."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="s4s-dark",
    dark=True,
    primary="#4f7cac",
    secondary="#8aa4be",
    accent="#7fb4e8",
    foreground="#d5d9df",
    background="#14171b",
    surface="#1d2228",
    panel="#252b33",
    variables={"scrollbar": "#252b33"},
    success="#6cc28a",
    warning="#e0b65a",
    error="#ee7b72",
)
LIGHT = Theme(
    name="s4s-light",
    dark=False,
    primary="#3d6d9e",
    secondary="#5c7a96",
    accent="#1f5f99",
    foreground="#22272e",
    background="#fafaf7",
    surface="#eeeeea",
    panel="#e2e3df",
    variables={"scrollbar": "#e2e3df"},
    success="#1d7a43",
    warning="#8f5f00",
    error="#b3261e",
)
_ANSI = BUILTIN_THEMES["ansi-dark"]
TERMINAL = replace(
    _ANSI,  # the 16 colours as the terminal has them, on its own background
    name="terminal",
    accent="ansi_cyan",
    variables={
        **_ANSI.variables,
        "primary-muted": "ansi_default",
        "link-color": "ansi_default",
        "scrollbar": "ansi_bright_black",
        "input-cursor-background": "ansi_default",  # reversed, so that it is seen where no colour is drawn at all
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
    },
)
OURS = (DARK, LIGHT, TERMINAL)
