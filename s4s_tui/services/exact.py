"""The exact price of the service that a person looks at: asked for when the mark has come to rest, one at a time."""

from typing import Final

from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Clock

REST: Final = 0.3
"""Seconds that the mark has to stay on a service before its price is asked for."""

Place = tuple[int, str]
"""A country number and a service code."""


class ExactPrices:
    """Asks for the latest place that was wanted, once in a run of the program, and never two at the same time."""

    def __init__(self, catalogue: Catalogue, clock: Clock, pace: Pace) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._pace = pace
        self._wanted: Place | None = None
        self._asked: set[Place] = set()
        self._busy = False

    async def want(self, place: Place | None) -> None:
        """Ask for this price soon, and no longer for another one; None wants none."""
        self._wanted = place
        if self._busy:
            return  # whoever is at it sees the newer wish
        self._busy = True
        try:
            while self._wanted is not None and self._wanted not in self._asked:
                await self._ask_when_at_rest(self._wanted)
        finally:
            self._busy = False

    async def _ask_when_at_rest(self, place: Place) -> None:
        await self._clock.sleep(max(REST, self._pace.delay()))
        if place != self._wanted or self._pace.delay() > 0:
            return  # the mark has moved on, or other requests went first
        self._asked.add(place)
        await self._catalogue.load_exact(*place)
