"""The one clock of a screen: a tick lays nothing out anew, so that it sends a few bytes."""

from textual.content import Content
from textual.widgets import Label

from s4s_tui.ui.deadlines import Deadline
from s4s_tui.ui.text import calm_left, left


class Countdown(Label):
    """The time left until a deadline, m:ss; empty without one."""

    DEFAULT_CSS = "Countdown { width: 1fr; height: auto; max-height: 2; }"

    def __init__(self) -> None:
        super().__init__("")
        self._deadline: Deadline | None = None
        self._clock = ""
        self.display = False

    def show(self, deadline: Deadline | None, now: float, *, calm: bool) -> None:
        """Draw the time left at `now` (Unix seconds) where it reads differently than before; `calm`: in minutes."""
        clock = "" if deadline is None else (calm_left if calm else left)(deadline.left(now))
        other = deadline != self._deadline
        if not other and clock == self._clock:
            return
        self._deadline, self._clock = deadline, clock
        self.display = deadline is not None
        if deadline is not None:
            parts = (f"{deadline.words}  ", (clock, "bold $accent"), f"  {deadline.tail}")
            self.update(Content.assemble(*parts), layout=other)
