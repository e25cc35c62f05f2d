"""The real clock."""

import asyncio
import time


class SystemClock:
    """This machine's time, as `ports.Clock` asks for it: seconds, wall clock for deadlines, monotonic for waiting."""

    def now(self) -> float:
        """Unix time; may jump when somebody sets the clock."""
        return time.time()

    def monotonic(self) -> float:
        """A clock that never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of the monotonic clock pass."""
        await asyncio.sleep(seconds)
