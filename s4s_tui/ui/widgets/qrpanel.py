"""The QR code of an invoice in the best drawing for the room there is, or nothing and what is missing."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size

from s4s_tui.terminal.qr import Drawing, Missing, Style, fit, matrix
from s4s_tui.ui.widgets.qrcode import QrCode

_WORDS = 37
"""Cells that the words beside the code need; below that they are no longer read with ease."""
_LINES = 2
"""Lines of the screen that are not the code's: the line on top and the keys."""


class QrPanel(Container):
    """Holds the code at the left of the order's words."""

    DEFAULT_CSS = "QrPanel { width: auto; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.preferred: Style | None = None
        self.missing: Missing | None = None
        self._drawing: Drawing | None = None
        self._can_toggle = False

    def compose(self) -> ComposeResult:
        """The code alone."""
        yield QrCode()

    @property
    def can_toggle(self) -> bool:
        """Whether the other style fits too."""
        return self._can_toggle

    def toggle(self) -> None:
        """Prefer the other style from now on."""
        if self._drawing is not None:
            self.preferred = Style.SEXTANT if self._drawing.style is Style.HALF else Style.HALF

    def show(self, payreq: str | None, screen: Size) -> None:
        """Draw the code of this invoice for a screen of this size; None takes it away."""
        self._drawing, self.missing, self._can_toggle = None, None, False
        if payreq is not None:
            modules = matrix(payreq)
            columns, rows = screen.width - _WORDS, screen.height - _LINES
            drawn = fit(modules, columns, rows, self.preferred)
            if isinstance(drawn, Drawing):
                self._drawing = drawn
                other = fit(modules, columns, rows, Style.SEXTANT if drawn.style is Style.HALF else Style.HALF)
                self._can_toggle = isinstance(other, Drawing) and other.style is not drawn.style
            else:
                self.missing = drawn
        self.query_one(QrCode).set_drawing(self._drawing)
        self.display = self._drawing is not None
