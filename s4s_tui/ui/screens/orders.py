"""All orders of this machine: open ones first, then unknown outcomes, then the rest; by text and by state."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from s4s_tui.domain.hiding import hidden, hides_something
from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import Place
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_orders import CopyWanted, NoticeRead, OrderOpened, RemovalWanted
from s4s_tui.ui.order_rows import Row, Show, arrange_orders, choose, counts, row_cells, row_hint, row_key, why_kept
from s4s_tui.ui.screens.find import FindScreen
from s4s_tui.ui.screens.intent import IntentScreen, ask_dismissal
from s4s_tui.ui.screens.remove import RemoveScreen
from s4s_tui.ui.screens.table import SearchedScreen
from s4s_tui.ui.text import plus
from s4s_tui.ui.widgets.hint import Hint
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from s4s_tui.ui.widgets.showline import ShowLine
from s4s_tui.ui.widgets.topbar import TopBar

_AGES = 20.0
"""Seconds between two looks at the times in sight; each of them changes once a minute at most."""
_MEDIUM, _WIDE = 74, 110
"""Widths of the table from which it shows more columns."""
_COLUMNS = (
    Column("State", 21),
    Column("Service", to_width=_MEDIUM),
    Column("Service · country", from_width=_MEDIUM, to_width=_WIDE),
    Column("Service", from_width=_WIDE),
    Column("Country", 14, from_width=_WIDE),
    Column("Code or number", 14, from_width=48, to_width=_WIDE),
    Column("Number", 16, from_width=_WIDE),
    Column("Code", 10, from_width=_WIDE),
    Column("Amount", 11, right=True, from_width=_WIDE),
    Column("Left", 6, right=True, from_width=_MEDIUM),
    Column("Age", 6, right=True, from_width=40),
)


def _cells_for_columns(row: Row, now: float) -> tuple[str, ...]:
    state, service, both, country, useful, number, code, amount, left, age = row_cells(row, now)
    return state, service, both, service, country, useful, number, code, amount, left, age


class OrdersScreen(SearchedScreen):
    """The list of orders; times in minutes, so that nothing ticks."""

    PLACE = Place.ORDERS
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "open", "Open", id="orders.open", tooltip="Open the order with the mark"),
        Binding("tab", "to_list", "List", id="orders.list", tooltip="To the list; what was searched for stays"),
        Binding("slash", "search", "Search", id="orders.search", tooltip="Search the orders"),
        Binding("r", "read", "Read", id="orders.read", tooltip="Put away what was said of the journal"),
        Binding("c", "copy", "Copy", id="orders.copy", tooltip="Copy the code, else the number"),
        Binding("f", "find", "Find", id="orders.find", tooltip="Find an order by its id, hash or invoice"),
        Binding("f2,right", "step(1)", "State", id="orders.state", tooltip="Only orders of the next state"),
        Binding("escape", "leave", "Back", id="orders.back", tooltip="Clear the search, then back"),
        Binding("delete,backspace", "remove", "Remove", id="orders.remove", tooltip="Take an order off the list"),
        Binding("left", "step(-1)", "State before", show=False, id="orders.state.back", tooltip="Of the state before"),
        Binding("up,k", "move(-1)", "Up", show=False, id="orders.up", tooltip="One row up"),
        Binding("down,j", "move(1)", "Down", show=False, id="orders.down", tooltip="One row down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="orders.pageup", tooltip="One page up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="orders.pagedown", tooltip="One page down"),
        Binding("g,home", "move(-9999)", "First", show=False, id="orders.first", tooltip="To the first row"),
        Binding("G,end", "move(9999)", "Last", show=False, id="orders.last", tooltip="To the last row"),
    )
    AUTO_FOCUS = "PickTable"

    def __init__(self) -> None:
        super().__init__()
        self._source: tuple[object, ...] = ()
        self._all: tuple[Row, ...] = ()
        self._show = Show.ALL

    def where(self) -> str:
        """For the line on top."""
        return "Orders"

    def compose(self) -> ComposeResult:
        """The search where it is wanted, the states to choose from, the table, what the marked row means."""
        yield TopBar()
        with Horizontal(id="find"):
            yield Label("Search", id="noun")
            yield SearchBox()
        yield ShowLine()
        yield PickTable[Row](_COLUMNS, self._cells, lambda row: isinstance(row, Order) and not row.open)
        yield Hint()
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the times in sight be right."""
        self.every(_AGES, self._pull)

    def _cells(self, row: Row) -> Sequence[str]:
        if isinstance(row, Order) and self.app.state.preferences.mask:
            row = hidden(row)
        return _cells_for_columns(row, self.app.now())

    def show(self, state: AppState) -> None:
        """Draw what changed: arranged anew only where an order did, and of the times only those in sight."""
        source = (state.orders, state.intents)
        if source != self._source:
            self._source = source
            self._all = arrange_orders(state)
            self._refill()
        else:
            self.table.update_rows(self.table.rows, cursor=self.table.cursor)
            self.update_hint()

    def _refill(self, *, to_the_top: bool = False) -> None:
        """Show the rows that are wanted now, the mark on its row, or at its place where that row is gone."""
        rows = choose(self._all, self._show, self.search.value)
        marked, at = row_key(self.table.row), self.table.cursor
        kept = next((index for index, row in enumerate(rows) if row_key(row) == marked), None)
        self.table.update_rows(rows, cursor=kept if kept is not None else 0 if to_the_top else at)
        states = self.query_one(ShowLine)
        states.display = bool(self._all)
        states.update_counts(self._show, counts(self._all))
        self.update_hint()

    def update_hint(self) -> None:
        """What is wrong with the journal before everything else."""
        state, hint = self.app.state, self.query_one(Hint)
        trouble = " ".join(filter(None, (state.journal_trouble, state.journal_notice)))
        hint.set_class(bool(trouble), "-trouble")
        hint.say(trouble or self._hint())
        self.refresh_bindings()

    def _hint(self) -> str:
        if (row := self.table.row) is not None:
            hides = self.app.state.preferences.mask and isinstance(row, Order) and hides_something(row)
            return f"{row_hint(row, self.app.now())}{' m shows what is hidden.' if hides else ''}".strip()
        if not self._all:
            return "No orders yet. Esc leads back to the countries. f finds one made elsewhere."
        if query := self.search.value.strip():
            return f"No order fits '{query}'. Esc clears the search."
        return "No order in this state. F2 shows those of the next one."

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self._refill(to_the_top=True)

    @on(Input.Submitted, "#search")
    @on(PickTable.Activated)
    def action_open(self) -> None:
        """Open the order with the mark."""
        row = self.table.row
        if isinstance(row, Order):
            self.post_message(OrderOpened(row.order_id))
        elif row is not None:
            self.app.push_screen(IntentScreen(row))

    def action_copy(self) -> None:
        """Copy the code, else the number, of the order with the mark."""
        row = self.table.row
        if not isinstance(row, Order):
            return
        if row.code is not None:
            self.post_message(CopyWanted(row.code, "code"))
        elif row.number is not None:
            self.post_message(CopyWanted(plus(row.number), "number"))
        else:
            self.notify("This order has no code and no number yet.", markup=False)

    def action_find(self) -> None:
        """Find an order that is not on the list."""
        self.app.push_screen(FindScreen())

    def action_remove(self) -> None:
        """Take the row with the mark off the list, after a question; an order only where it has ended."""
        row = self.table.row
        if isinstance(row, Intent):
            ask_dismissal(self, row)
        elif row is not None and (why := why_kept(row)):
            self.notify(why, markup=False)
        elif row is not None:
            order_id = row.order_id

            def answered(for_good: bool | None) -> None:
                if for_good is not None:
                    self.post_message(RemovalWanted(order_id, for_good=for_good))

            self.app.push_screen(RemoveScreen(row, self.app.now()), answered)

    def action_read(self) -> None:
        """Put away what was said of a damaged journal."""
        self.post_message(NoticeRead())

    def action_step(self, step: int) -> None:
        """Show the orders of another state."""
        choices = list(Show)
        self.action_show_only(choices[(choices.index(self._show) + step) % len(choices)].name)

    def action_show_only(self, name: str) -> None:
        """Show the orders of a state, by its name."""
        self._show = Show[name]
        self._refill(to_the_top=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys make sense for the row with the mark."""
        if not self.is_mounted:
            return True
        row, searching = self.table.row, self.search.has_focus
        rules = {
            "open": row is not None,
            "to_list": searching,
            "search": not searching,
            "read": bool(self.app.state.journal_notice),
            "copy": isinstance(row, Order) and not (row.code is None and row.number is None),
            "remove": row is not None,
            "step": bool(self._all),
        }
        return rules.get(action, True) and super().check_action(action, parameters)

    def key_label(self, binding: Binding) -> str:
        """Enter opens, from the search too; Esc clears that first; letters are letters in it."""
        if binding.action == "submit":
            return "Open" if self.table.row is not None else ""
        if binding.action == "leave" and self.is_searching:
            return "Clear search"
        return binding.description
