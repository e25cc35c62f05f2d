"""What a part of the desk is, and what the desk has for it."""

from abc import abstractmethod
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from s4s_tui.ui.base import StatefulApp

if TYPE_CHECKING:
    from s4s_tui.services.bundle import Services
    from s4s_tui.ui.messages import ScreenIntent

Job = Callable[[], Coroutine[object, object, None]]
"""What a worker calls: a coroutine whose worker never began would complain at the end of the program."""


class Working(StatefulApp):
    """The app as its parts see it."""

    @abstractmethod
    def work(self, job: Job, group: str, *, exclusive: bool = False) -> None:
        """Run a job beside the screens."""

    @abstractmethod
    async def connection(self) -> "Services":
        """The services, waited for where the program has just begun."""


class Part:
    """A part of the desk, for what later screens ask for."""

    def __init__(self, app: Working) -> None:
        self.app = app

    def take(self, intent: "ScreenIntent") -> None:
        """Answer an intent; called for those of its own family alone."""
        raise NotImplementedError
