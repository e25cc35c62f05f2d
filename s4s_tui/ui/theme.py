"""The looks: one accent; green for done, yellow for waiting on the person, red for what needs attention."""

from textual.theme import Theme

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
    success="#6cc28a",
    warning="#e0b65a",
    error="#ee7b72",
)
