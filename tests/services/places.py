"""A place that keeps the API key, in memory, and the one sentence of what is refused."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

import pytest

from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret
from tests.config.traces import MARK, told

if TYPE_CHECKING:
    import threading


class Place:
    """A place that keeps a key, in memory."""

    def __init__(self, key: Secret | None = None) -> None:
        self.key = key
        self.usable = True
        self.asked = 0
        self.broken = False
        self.hang: threading.Event | None = None

    def get(self) -> Secret | None:
        self.asked += 1
        if self.hang is not None:
            self.hang.wait(10)
        self._check()
        return self.key

    def put(self, key: Secret) -> None:
        self._check()
        self.key = key

    def remove(self) -> None:
        self._check()
        self.key = None

    def _check(self) -> None:
        if self.broken:
            raise ApiKeyError("It is broken.")


async def refusal(job: Awaitable[object]) -> str:
    with pytest.raises(ApiKeyError) as caught:
        await job
    assert MARK not in told(caught.value)
    return str(caught.value)
