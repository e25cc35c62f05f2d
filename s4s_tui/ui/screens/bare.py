"""The invoice alone on an empty screen, so that the terminal's own selection takes nothing else along."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_orders import CopyWanted
from s4s_tui.ui.widgets.topbar import DEMO


class BareScreen(StateScreen):
    """Closes by itself once the invoice may no longer be paid."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("escape,b", "app.pop_screen", "Back", id="bare.back", tooltip="Back to the order"),
        Binding("c", "copy", "Copy", id="bare.copy", tooltip="Copy the invoice"),
    )

    def __init__(self, order_id: str) -> None:
        super().__init__()
        self.order_id = order_id

    def compose(self) -> ComposeResult:
        """The text, and below it the way back."""
        yield Static("", id="bare", markup=False)
        yield Static("", id="caption", markup=False)

    def show(self, state: AppState) -> None:
        """Write the invoice while it may be paid."""
        order = state.order(self.order_id)
        if order is None or not order.payable(self.app.now()):
            self.app.pop_screen()
            return
        self.query_one("#bare", Static).update(Content(order.payreq))
        demo = f"{DEMO}. " if state.demo else ""
        self.query_one("#caption", Static).update(
            f"{demo}Select it with the mouse (most terminals: with Shift held down), c copies, esc leads back."
        )

    def action_copy(self) -> None:
        """Copy the invoice."""
        if (order := self.app.state.order(self.order_id)) is not None:
            self.post_message(CopyWanted(order.payreq, "invoice"))
