"""The one clock of a screen: a label of fixed width, so that a tick sends a few bytes and lays nothing out anew."""

from textual.content import Content
from textual.widgets import Label

from s4s_tui.ui.order_view import Deadline
from s4s_tui.ui.text import left


class Countdown(Label):
    """The time left until a deadline, m:ss; empty without one."""

    DEFAULT_CSS = "Countdown { width: 1fr; height: 1; }"

    def __init__(self) -> None:
        super().__init__("")
        self._shown = ""

    def show(self, deadline: Deadline | None, now: float) -> None:
        """Draw the time left at `now` (Unix seconds) where it reads differently than before."""
        clock = "" if deadline is None else left(deadline.at - now)
        text = "" if deadline is None else f"{deadline.words}  {clock}  {deadline.tail}"
        self.display = bool(text)
        if text != self._shown:
            self._shown = text
            words, tail = ("", "") if deadline is None else (f"{deadline.words}  ", f"  {deadline.tail}")
            self.update(Content.assemble(words, (clock, "bold $accent"), tail), layout=False)
