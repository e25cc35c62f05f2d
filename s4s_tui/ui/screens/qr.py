"""The QR code on the whole screen: no header, no footer, a caption only where a line is left."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Middle
from textual.widgets import Static

from s4s_tui.domain.state import AppState
from s4s_tui.terminal.qr import Drawing, Style, fit, matrix
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_orders import QrFileWanted
from s4s_tui.ui.text import sats
from s4s_tui.ui.widgets.qrcode import QrCode
from s4s_tui.ui.widgets.topbar import DEMO


class QrScreen(StateScreen):
    """Closes by itself when the payment arrives, so that the number is not missed behind it."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("escape,z", "app.pop_screen", "Back", id="qr.back", tooltip="Back to the order"),
        Binding("t", "style", "QR style", id="qr.style", tooltip="Half blocks or smaller"),
        Binding("p", "save", "Save PNG", id="qr.save", tooltip="Save the QR code as a picture"),
    )
    code = getters.query_one(QrCode)

    def __init__(self, order_id: str, preferred: Style | None) -> None:
        super().__init__()
        self.order_id = order_id
        self._preferred = preferred

    def compose(self) -> ComposeResult:
        """The code in the middle, the caption below it."""
        with Middle(), Center():
            yield QrCode()
        yield Static("", id="caption", markup=False)

    def show(self, state: AppState) -> None:
        """Draw the code while the invoice may be paid."""
        order = state.order(self.order_id)
        if order is None or not order.payable(self.app.now()):
            self.app.pop_screen()
            return
        modules = matrix(order.payreq)
        drawn = fit(modules, self.size.width, self.size.height, self._preferred)
        caption = self.query_one("#caption", Static)
        if isinstance(drawn, Drawing):
            self.code.set_drawing(drawn)
            caption.display = drawn.height < self.size.height
            demo = f"{DEMO} · " if state.demo else ""
            caption.update(f"{demo}Pay {sats(order.amount)} · esc Back")
        else:
            self.code.set_drawing(None)
            caption.display = True
            caption.update(
                f"The QR code needs {_more(drawn.columns, drawn.rows)} than this window has. "
                "p saves it as a picture; esc leads back, where c copies the invoice."
            )

    def on_resize(self) -> None:
        """Another drawing may fit now."""
        self.when_whole(self._pulled)

    def action_save(self) -> None:
        """Save the code as a picture."""
        self.post_message(QrFileWanted(self.order_id))

    def action_style(self) -> None:
        """Draw in the other style."""
        if self.code.drawing is not None:
            self._preferred = Style.SEXTANT if self.code.drawing.style is Style.HALF else Style.HALF
            self.show(self.app.state)


def _more(columns: int, rows: int) -> str:
    """How much more room the code needs, in words."""
    needs = ((columns, "column"), (rows, "row"))
    return " and ".join(f"{count} more {name}{'s' if count > 1 else ''}" for count, name in needs if count)
