"""Whether a client was polite: to the server, by its log; to the terminal, by what it switched on and off there."""

import re
from collections.abc import Iterator, Sequence

from tests.acceptance.server import Request
from tests.pty_driver import Terminal

GAP = 0.5
"""Seconds for each request on average: two a second."""
_JITTER = 0.25  # the server's clock reads when its thread has its turn

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9]*u")
_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_LEFT_SCREEN = b"\x1b[?1049l"
AT_REST = {7, 25}
"""A terminal's modes without any program: lines wrap, the cursor shows. No mouse, no second screen, no paste marks."""


def modes(terminal: Terminal) -> set[int]:
    """The private modes of the terminal after all that was written."""
    on = set(AT_REST)
    for numbers, switch in _MODE.findall(bytes(terminal.transcript)):
        change = on.update if switch == b"h" else on.difference_update
        change(map(int, numbers.split(b";")))
    return on


def keyboards(terminal: Terminal) -> int:
    """How many keyboard protocols were put on the terminal and not taken off again."""
    return sum(1 if sign == b">" else -1 for sign in _KEYBOARD.findall(bytes(terminal.transcript)))


def last_words(terminal: Terminal) -> str:
    """What the program wrote on the ordinary screen after it had left its own, everything in order."""
    assert _LEFT_SCREEN in terminal.transcript, "the terminal was not restored"
    assert (modes(terminal), keyboards(terminal)) == (AT_REST, 0), "the terminal was not restored"
    return _CONTROL.sub("", bytes(terminal.transcript).rpartition(_LEFT_SCREEN)[2].decode())


def too_fast(log: Sequence[Request]) -> list[str]:
    """The program's own questions that came before their time; empty for a polite client.

    What a person asks for goes at once, but counts: so before question number n of a run half a second has to have
    passed for each request before it.
    """
    return [
        f"request {number} ({request.path}) came {request.at - run[0].at:.2f} s after the first, due was {number * GAP}"
        for run in _runs(log)
        for number, request in enumerate(run)
        if request.path == "/orderstatus" and request.at - run[0].at < number * GAP - _JITTER
    ]


def _runs(log: Sequence[Request]) -> Iterator[list[Request]]:
    """The log cut at every start of the program, which begins with the countries."""
    run: list[Request] = []
    for request in log:
        if request.path == "/getCountries" and run:
            yield run
            run = []
        run.append(request)
    if run:
        yield run
