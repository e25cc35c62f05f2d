"""What the program does beside showing its screens, by the first word of its arguments."""

from collections.abc import Callable, Mapping, Sequence


def _config(arguments: Sequence[str]) -> int:
    from s4s_tui.commands.config import main

    return main(arguments)


def _doctor(arguments: Sequence[str]) -> int:
    from s4s_tui.commands.doctor import main

    return main(arguments)


def _sandbox(arguments: Sequence[str]) -> int:
    from s4s_tui.commands.sandbox import main

    return main(arguments)


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "config": _config,
    "doctor": _doctor,
    "sandbox": _sandbox,
}
"""Each takes the arguments behind its name and returns the exit status; it may raise UsageError."""
