"""The error of the settings, and how its sentences show what they speak of."""

from pathlib import Path

_LONGEST_QUOTE = 120


class ConfigError(Exception):
    """A setting that cannot be used; its text is one sentence that names the place and what is allowed."""


def quoted(value: str | Path) -> str:
    """`value` in quotes without control characters, and not endless."""
    text = str(value)
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")


def reason(error: OSError) -> str:
    """What the system says, as the end of a sentence."""
    return (error.strerror or type(error).__name__).lower()
