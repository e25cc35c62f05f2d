"""The sandbox's clock: this machine's, or one that stands, and what it was advanced by."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from s4s_tui.sandbox.orders import Refusal

STANDING = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
"""Where a clock stands that only moves when it is told to: no invoice of it has run out for anybody yet."""
FURTHEST = 100 * 366 * 86400.0
"""Seconds that a clock is advanced by at most, in all: times must have room in an invoice (35 bits)."""


def standing() -> float:
    """A clock that stands."""
    return STANDING


class Clock:
    """Wall-clock seconds that can be advanced. Safe to use from several threads."""

    def __init__(self, now: Callable[[], float], speed: float) -> None:
        """Take the clock beneath, and the seconds of an order's life that pass in one of its seconds."""
        self._now = now
        self._speed = speed
        self._ahead = 0.0
        self._lock = Lock()

    def __call__(self) -> float:
        """This moment."""
        return self._now() + self._ahead

    def advance(self, life: float) -> None:
        """Let so many seconds of the orders' lives pass.

        Raises:
            Refusal: it was advanced by a hundred years already.
        """
        with self._lock:
            ahead = self._ahead + life / self._speed
            if ahead > FURTHEST:
                raise Refusal("The clock cannot be advanced any further.", http_status=409)
            self._ahead = ahead
