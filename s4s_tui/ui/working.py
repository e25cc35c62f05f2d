"""What every part of the desk works with: jobs beside the screens, and the services."""

from abc import abstractmethod
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from s4s_tui.ui.base import StatefulApp

if TYPE_CHECKING:
    from s4s_tui.services.bundle import Services

Job = Callable[[], Coroutine[object, object, None]]
"""What a worker calls: a coroutine whose worker never began would complain at the end of the program."""


class Working(StatefulApp):
    """The parts of the desk call these; the desk has them."""

    @abstractmethod
    def work(self, job: Job, group: str, *, exclusive: bool = False) -> None:
        """Run a job beside the screens."""

    @abstractmethod
    async def connection(self) -> "Services":
        """The services, waited for where the program has just begun."""
