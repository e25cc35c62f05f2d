"""The real clock, steady while somebody sets the time."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

_SAME: Final = 2.0
"""Seconds that the wall clock may be off before it counts as set: a time service corrects by less."""


def boot_time() -> float:
    """Seconds on a clock that never goes back and goes on while the machine sleeps, where there is one."""
    # Linux has a clock for it; elsewhere (macOS) CLOCK_MONOTONIC goes on while asleep, which Python's own does not.
    which: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic() if which is None else time.clock_gettime(which)


class SystemClock:
    """This machine's time, as `ports.Clock` asks for it.

    `now` is the wall clock as it was read once, plus what has passed since, sleep included. So a clock that is set by
    hours makes no deadline pass and no countdown grow; `was_set` says by how much, and from then on `now` is right.
    """

    def __init__(self, wall: Callable[[], float] = time.time, boot: Callable[[], float] = boot_time) -> None:
        self._wall = wall
        self._boot = boot
        self._ahead = wall() - boot()
        """Seconds that the wall clock, as last read, is ahead of the time since the machine was started."""

    def now(self) -> float:
        """Unix time, steady between two calls of `was_set`."""
        return self._boot() + self._ahead

    def was_set(self) -> float:
        """Seconds by which somebody set the wall clock since the last call (negative: back), else 0."""
        ahead = self._wall() - self._boot()
        jump = ahead - self._ahead
        if abs(jump) < _SAME:
            return 0.0
        self._ahead = ahead
        return jump

    def monotonic(self) -> float:
        """A clock that never goes back."""
        return time.monotonic()

    def boot(self) -> float:
        """A clock that never goes back and goes on while the machine sleeps."""
        return self._boot()

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of the monotonic clock pass."""
        await asyncio.sleep(seconds)
