"""Words to the two standard streams, and why the program cannot start."""

import os
import sys


class UsageError(Exception):
    """The program cannot start as it was called; its text is one sentence for stderr."""


def say(text: str) -> int:
    """Write `text` to stdout; the reader may have gone (`--help | head -1`)."""
    if sys.stdout is None:
        return 0
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
    except OSError as error:
        _drop_stdout()
        return complain(f"The output cannot be written: {(error.strerror or type(error).__name__).lower()}.")
    return 0


def _drop_stdout() -> None:
    """Let what is still buffered go nowhere, else the interpreter complains about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> int:
    """Write the sentence to stderr, with nothing in it that a terminal would obey; the exit status."""
    if sys.stderr is not None:
        safe = "".join(char if char.isprintable() else repr(char)[1:-1] for char in sentence)
        sys.stderr.write(f"s4s-tui: {safe}\n")
    return 2
