"""How fast the server is asked: at most two requests a second over all, and the pauses that it asks for."""

from typing import Final

from s4s_tui.domain.errors import ApiError
from s4s_tui.services.ports import Clock

GAP: Final = 0.5
"""Seconds between two requests (API docs publish no limit; about two a second is polite)."""
LONGEST_PAUSE: Final = 15 * 60.0
"""Seconds that a `Retry-After` is followed at the most: money may be held, and a header may be wrong."""


class Pace:
    """The one rhythm of all requests. Requests of the program wait for it; those of a person go at once and count."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next = clock.monotonic()
        self._paused_until = clock.monotonic()

    def delay(self) -> float:
        """Seconds until a request may go; 0 means now."""
        return max(0.0, max(self._next, self._paused_until) - self._clock.monotonic())

    def note(self) -> None:
        """Count a request that goes now, whether it was its turn or not."""
        self._next = max(self._next, self._clock.monotonic()) + GAP

    async def slot(self) -> None:
        """Wait for a turn of one's own and count it; who asks first goes first."""
        turn = self._reserve()
        while (wait := turn - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)
            if turn < self._paused_until:  # the pause began after the turn was given
                turn = self._reserve()

    def heed(self, error: ApiError) -> None:
        """Pause all requests of the program for as long as the server asked, 15 minutes at the most."""
        if error.retry_after is not None:
            until = self._clock.monotonic() + min(error.retry_after, LONGEST_PAUSE)
            self._paused_until = max(self._paused_until, until)

    def _reserve(self) -> float:
        turn = max(self._clock.monotonic(), self._next, self._paused_until)
        self._next = turn + GAP
        return turn
