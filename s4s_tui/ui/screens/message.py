"""One message of a rented number as a whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_orders import CopyWanted
from s4s_tui.ui.rental_words import Message
from s4s_tui.ui.widgets.keybar import KeyBar


class MessageScreen(Dialog[None]):
    """The text as it came, with its lines."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("c", "copy", "Copy", id="message.copy", tooltip="Copy the message"),
        Binding("escape,enter,ctrl+j", "dismiss(None)", "Close", id="message.close", tooltip="Back to the list"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="message.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="message.up", tooltip="Scroll up"),
    )

    def __init__(self, message: Message, received: str) -> None:
        """Args: `received` is its time in words."""
        super().__init__()
        self._message = message
        self._received = received

    def compose(self) -> ComposeResult:
        """Time and text in a box that scrolls where the window is low."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Static(Content.styled(f"Received {self._received}", "$text-muted"), id="received")
            yield Static(Content(self._message.text), id="text")
        yield KeyBar()

    def action_copy(self) -> None:
        """Copy the text as it came."""
        self.post_message(CopyWanted(self._message.text, "message"))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
