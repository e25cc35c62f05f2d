"""What goes on in the journal beside this program: news of other programs on it, and old orders that are deleted."""

from collections.abc import Callable
from typing import Final

from s4s_tui.services.book import OrderBook
from s4s_tui.services.ports import Clock

LOOK: Final = 1.0
"""Seconds between two looks; one costs a tenth of a millisecond on the journal's thread where nothing is new."""
DAY: Final = 24 * 60 * 60.0


class Mirror:
    """Takes in what other programs write, and deletes ended orders by age."""

    def __init__(self, book: OrderBook, clock: Clock, *, wake: Callable[[], None], keep_days: int) -> None:
        """Args: `wake` is called when there is news; `keep_days` is the age of deletion, 0 keeps everything."""
        self._book = book
        self._clock = clock
        self._wake = wake
        self._keep = keep_days * DAY

    async def run(self) -> None:
        """Look again and again; returns only by being cancelled."""
        purged_at = None
        while True:
            if self._keep and (purged_at is None or self._clock.boot() - purged_at >= DAY):
                purged_at = self._clock.boot()
                await self._purge()
            if await self._book.sync():
                self._wake()
            await self._clock.sleep(LOOK)

    async def _purge(self) -> None:
        while await self._book.purge(self._clock.now() - self._keep):
            await self._clock.sleep(0)
