"""Find an order: by its id, its payment hash or its whole invoice, pasted as the terminal gives it."""

from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from s4s_tui.domain.finding import LONGEST
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_orders import FindWanted
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.searchbox import SearchBox

_WHAT = (
    "Paste its order id, its payment hash or the whole invoice. "
    "Your wallet's list of payments shows the payment hash of each."
)
_ASKING = "Looking for it …"
_TOO_LONG = "That is too long for an order id, a payment hash or an invoice."


class FindBox(SearchBox):
    """One line that takes a paste of several: a terminal breaks a long invoice where its window ends."""

    class Refused(Message):
        """What was pasted is longer than anything that can be found."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "submit", "Find", id="find.find", tooltip="Look for the order"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.max_length = LONGEST

    def on_paste(self, event: events.Paste) -> None:
        """Put all lines in, joined; Textual's own takes the first one only."""
        event.prevent_default()
        event.stop()
        text = "".join(event.text.split())
        start, end = sorted(self.selection)
        if len(self.value) - (end - start) + len(text) > LONGEST:
            self.post_message(self.Refused())
        else:
            self.replace(text, start, end)


class FindScreen(Dialog[None]):
    """Stays open until the order is found; what went wrong is said in it."""

    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("escape", "dismiss(None)", "Close", id="find.close", tooltip="Close this"),
    )
    box = getters.query_one(FindBox)

    def __init__(self) -> None:
        super().__init__()
        self.asked: str | None = None
        """What is being looked for at the moment."""

    def compose(self) -> ComposeResult:
        """What can be pasted, the line for it, and what came of it."""
        with Vertical(id="dialog"):
            yield Static(Content.styled("Find an order", "bold"))
            yield Static(Content(_WHAT), id="what")
            yield FindBox()
            yield Static("", id="said", markup=False)
        yield KeyBar()

    @on(Input.Submitted)
    def _look(self) -> None:
        if self.asked is None:
            self.asked = self.box.value
            self._say(_ASKING)
            self.post_message(FindWanted(self.box.value))

    @on(Input.Changed)
    def _changed(self) -> None:
        if self.asked is None:
            self._say("")

    @on(FindBox.Refused)
    def _refuse(self) -> None:
        self._say(_TOO_LONG)

    def answer(self, sentence: str) -> None:
        """Say what came of it; another text can be looked for now."""
        self.asked = None
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        said = self.query_one("#said", Static)
        if str(said.content) != sentence:
            said.update(Content(sentence))
