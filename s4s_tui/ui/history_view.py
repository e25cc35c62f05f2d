"""An order's history as lines of a given width: pure, no Textual."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from s4s_tui.domain.history import Happening
from s4s_tui.domain.telling import SURPRISES, sentence, who
from s4s_tui.ui.text import time_of_day

_WHO = 6
_LEAST = 20
"""Columns that a sentence has at the least, however narrow the window."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the screen; a sentence that is broken goes on in rows without a time.

    Attributes:
        mark: "!" where it surprised, else a blank.
        when: the time of this machine and who made it happen, padded to one width.
        words: the sentence, or a part of it.
    """

    mark: str
    when: str
    words: str


def history_rows(
    lines: Sequence[Happening], now: float, width: int, shown: Callable[[str], str] = str
) -> tuple[Row, ...]:
    """The rows, oldest first, for a window of `width` columns; `shown` is what is shown of a detail."""
    times = [time_of_day(line.at, now) for line in lines]
    most = max((len(time) for time in times), default=0)
    room = max(width - most - _WHO - 6, _LEAST)
    rows: list[Row] = []
    for line, time in zip(lines, times, strict=True):
        first, *rest = textwrap.wrap(sentence(line, shown), room) or [""]
        surprise = line.what in SURPRISES
        rows.append(Row("!" if surprise else " ", f"{time:<{most}}  {who(line.source):<{_WHO}}", first))
        rows.extend(Row(" ", " " * (most + 2 + _WHO), part) for part in rest)
    return tuple(rows)
