"""What happened to one order, as the journal keeps it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.history import Happening
from s4s_tui.domain.masking import Mask
from s4s_tui.domain.report import secrets_of
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.history_view import Row, history_rows
from s4s_tui.ui.messages_orders import HistoryWanted
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.topbar import TopBar
from s4s_tui.ui.words import place_words

if TYPE_CHECKING:
    from s4s_tui.domain.order import Order

_HEAD = "Times of this machine, when it first saw each. An exclamation mark: nobody expects that of an order."


class HistoryScreen(StateScreen):
    """A list that scrolls; asks for its lines anew when the order changes."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("down,j", "scroll(1)", "Down", show=False, id="history.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="history.up", tooltip="Scroll up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="history.pagedown", tooltip="One page down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="history.pageup", tooltip="One page up"),
        Binding("g,home", "first", "First", show=False, id="history.first", tooltip="To the first line"),
        Binding("G,end", "last", "Last", show=False, id="history.last", tooltip="To the last line"),
        Binding("escape,v", "app.pop_screen", "Back", id="history.back", tooltip="Back to the order"),
    )
    scroller = getters.query_one(VerticalScroll)

    def __init__(self, order_id: str, lines: Sequence[Happening]) -> None:
        super().__init__()
        self.order_id = order_id
        self._lines = tuple(lines)
        self._seen: Order | None = None
        self._masked: bool | None = None

    def where(self) -> str:
        """For the line on top."""
        order = self.app.state.order(self.order_id)
        return f"{place_words(order)} ▸ History" if order is not None else "History"

    def compose(self) -> ComposeResult:
        """A sentence on what is listed, and the list."""
        yield TopBar()
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled(_HEAD, "$foreground-muted"), id="head")
            yield Static("", id="lines", markup=False)
        yield KeyBar()

    def show(self, state: AppState) -> None:
        """Ask for the lines anew where the order has changed."""
        order, before = state.order(self.order_id), self._seen
        self._seen = order
        if before is not None and order != before:
            self.post_message(HistoryWanted(self.order_id))
        elif state.preferences.mask != self._masked:
            self._draw()

    def tell(self, lines: Sequence[Happening]) -> None:
        """The lines as the journal has them now."""
        self._lines = tuple(lines)
        self.when_whole(self._draw)  # it may still be on its way to the screen, which draws it

    def on_resize(self) -> None:
        """Sentences are broken for the width."""
        self.when_whole(self._draw)

    def _draw(self) -> None:
        order = self.app.state.order(self.order_id)
        self._masked = self.app.state.preferences.mask
        shown = Mask(secrets_of(order, self._lines)) if self._masked and order is not None else str
        rows = history_rows(self._lines, self.app.now(), self.size.width - 3, shown)
        words = Content("\n").join(_line(row) for row in rows) if rows else Content("Nothing is kept of this order.")
        self.query_one("#lines", Static).update(words)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroller.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroller.scroll_relative(y=pages * max(self.scroller.size.height - 1, 1), animate=False)

    def action_first(self) -> None:
        """To the first line."""
        self.scroller.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the last line."""
        self.scroller.scroll_end(animate=False)


def _line(row: Row) -> Content:
    return Content.assemble((row.mark, "bold $warning"), " ", (row.when, "$foreground-muted"), "  ", row.words)
