"""Errands: work that goes on to its end even when whoever waits for it stops waiting."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Errands:
    """Runs requests that must not be cut short by a screen that is left (createorder, cancelorder)."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result (or error) of `work`; a cancelled caller leaves it running."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Until none is under way; whoever waits sets the limit."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen: where nobody waits any more, asyncio would log it as never retrieved
