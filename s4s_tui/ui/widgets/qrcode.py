"""The QR code on the screen: always black on white, whatever the theme, because inverted codes do not scan."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from s4s_tui.terminal.qr import Drawing

_INK = Style(color="#000000", bgcolor="#ffffff", bold=False, dim=False)


class QrCode(Widget):
    """Draws what `terminal.qr` made."""

    ALLOW_SELECT = False  # else the name of the class is copied along with the words beside the code
    DEFAULT_CSS = "QrCode { width: auto; height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.drawing: Drawing | None = None

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Show this drawing, or nothing."""
        if drawing != self.drawing:
            self.drawing = drawing
            self.display = drawing is not None
            self.refresh(layout=True)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None: NO_COLOR's filter would take the black and white away."""
        return []

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 -- Textual's signature
        """The drawing's width in cells."""
        return self.drawing.width if self.drawing else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- likewise
        """The drawing's height in cells."""
        return self.drawing.height if self.drawing else 0

    def render_line(self, y: int) -> Strip:
        """One line of the drawing."""
        if self.drawing is None or y >= self.drawing.height:
            return Strip.blank(self.size.width)
        return Strip([Segment(self.drawing.lines[y], _INK)], self.drawing.width)
