"""The line on top of every screen: where one is, open orders, whether the server answered, whether this is a demo."""

from rich.cells import cell_len, set_cell_size
from textual import getters
from textual.content import Content
from textual.widget import Widget

from s4s_tui.domain.state import AppState, Link
from s4s_tui.ui.base import StatefulApp, StateScreen

DEMO = "Demo: no money moves"
_ROOM_FOR_PROXY = 100
"""Columns from which on the proxy's address does not crowd out where one is."""


def link_words(link: Link) -> tuple[str, str]:
    """The words for the last request, and the CSS colour variable they are drawn in."""
    if link.ok is None:
        return "○ not asked yet", "$foreground-muted"
    if link.ok:
        return "● online", "$success"
    return (f"✗ no answer ({link.failures})", "$warning")


class TopBar(Widget):
    """One line; draws itself anew only when one of its words changes."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $surface; color: $foreground; }
    """
    app = getters.app(StatefulApp)

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Follow the state."""
        self.watch(self.app, "state", self._changed)
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.update_where())

    def _changed(self, state: AppState) -> None:
        if isinstance(self.screen, StateScreen) and not self.screen.in_sight:
            return  # drawn when it is shown again
        words = self._texts(state)
        if words != self._words:
            self._words = words
            self.refresh()

    def update_where(self) -> None:
        """Draw anew where one is."""
        self._changed(self.app.state)

    def _texts(self, state: AppState) -> tuple[str, ...]:
        screen = self.screen
        where = screen.where() if isinstance(screen, StateScreen) else ""
        open_orders = len(state.open_orders)
        return (
            where,
            DEMO if state.demo else "",
            f"{open_orders} open" if open_orders else "",
            f"via {state.via}" if state.via else "",
            *link_words(state.link),
        )

    def render(self) -> Content:
        """The line, the parts on the right always whole, the place shortened to what is left."""
        if not self._words:
            self._words = self._texts(self.app.state)
        where, demo, orders, via, link, colour = self._words
        if self.size.width < _ROOM_FOR_PROXY:
            via = ""
        if self.size.width < 70:
            link = link.partition(" ")[0] if link == "● online" else link
        right = [
            (part, style)
            for part, style in ((demo, "bold $warning"), (orders, ""), (via, "$foreground-muted"), (link, colour))
            if part
        ]
        width = sum(cell_len(part) + 2 for part, _ in right)
        room = max(0, self.size.width - width - 7)
        if cell_len(where) > room:
            where = set_cell_size(where, max(0, room - 1)).rstrip() + "…"
        left = f"{where}{' ' * (room - cell_len(where))}"
        return Content.assemble((" s4s  ", "bold $accent"), left, *(("  " + part, style) for part, style in right))
