"""The one clock of a screen: a tick sends its digits alone, 110 bytes, and lays nothing out anew."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from s4s_tui.ui.deadlines import Deadline
from s4s_tui.ui.text import calm_left, left


class Countdown(Widget):
    """The time left until a deadline, m:ss; empty without one."""

    DEFAULT_CSS = "Countdown { width: 1fr; height: auto; max-height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._deadline: Deadline | None = None
        self._clock = ""
        self.display = False

    def show(self, deadline: Deadline | None, now: float, *, calm: bool) -> None:
        """Draw the time left at `now` (Unix seconds) where it reads differently than before; `calm`: in minutes."""
        clock = "" if deadline is None else (calm_left if calm else left)(deadline.left(now))
        before, self._clock = self._clock, clock
        if deadline is None or deadline != self._deadline:
            changed, self._deadline = deadline != self._deadline, deadline
            self.display = deadline is not None
            if changed:
                self.refresh(layout=True)
        elif clock != before:
            self._redraw(deadline, same_room=len(clock) == len(before))

    def _redraw(self, deadline: Deadline, *, same_room: bool) -> None:
        begin, width = cell_len(deadline.words) + 2, cell_len(self._clock)
        if same_room and begin + width <= self.size.width:  # it stands in the first line
            self.refresh(Region(begin, 0, width, 1))
        else:
            self.refresh()

    def render(self) -> Content:
        """The words, the clock in the accent, what follows."""
        if self._deadline is None:
            return Content("")
        return Content.assemble(f"{self._deadline.words}  ", (self._clock, "bold $accent"), f"  {self._deadline.tail}")
