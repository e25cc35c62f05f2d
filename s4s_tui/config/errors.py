"""The error of the settings, and how its sentences show what they speak of."""

from collections.abc import Iterable
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


def nearest(word: str, known: Iterable[str]) -> str:
    """A question for the end of what is said of an unknown word, "" where none is like it."""
    from difflib import get_close_matches

    found = get_close_matches(word[:_LONGEST_QUOTE].lower(), list(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""
