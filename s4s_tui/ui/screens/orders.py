"""All orders of this machine: open ones first, then ended ones; Enter opens one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.messages import CopyWanted, OrderOpened
from s4s_tui.ui.text import ago, plus
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable
from s4s_tui.ui.widgets.topbar import TopBar
from s4s_tui.ui.words import state_words

Row = Order | Intent


def arrange_orders(state: AppState) -> tuple[Row, ...]:
    """Open orders, then those whose making has an unknown outcome, then ended ones; newest first in each."""
    still = tuple(order for order in state.orders if order.open)
    rest = tuple(order for order in state.orders if not order.open)
    return (*still, *state.intents, *rest)


class OrdersScreen(StateScreen):
    """The list of orders; ages in minutes, so that nothing ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+j", "open", "Open", id="orders.open", tooltip="Open the order with the mark"),
        Binding("c", "copy", "Copy code or number", id="orders.copy", tooltip="Copy the code, else the number"),
        Binding("up,k", "move(-1)", "Up", show=False, id="orders.up", tooltip="One row up"),
        Binding("down,j", "move(1)", "Down", show=False, id="orders.down", tooltip="One row down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="orders.pageup", tooltip="One page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="orders.pagedown", tooltip="One page down"),
        Binding("g,home", "move(-9999)", "First", show=False, id="orders.first", tooltip="To the first row"),
        Binding("G,end", "move(9999)", "Last", show=False, id="orders.last", tooltip="To the last row"),
        Binding("escape", "app.pop_screen", "Back", id="orders.back", tooltip="Back"),
    ]
    table = getters.query_one(PickTable)

    def __init__(self) -> None:
        super().__init__()
        self._source: tuple[object, ...] = ()

    def where(self) -> str:
        """For the line on top."""
        return "Orders"

    def compose(self) -> ComposeResult:
        """The table and what the marked row means."""
        columns = [
            Column("State", 21),
            Column("Service"),
            Column("Country", 14, from_width=70),
            Column("Number", 15, from_width=100),
            Column("Code", 10, from_width=56),
            Column("Age", 6, right=True, from_width=40),
        ]
        yield TopBar()
        yield PickTable[Row](columns, self._cells, lambda row: isinstance(row, Order) and not row.open)
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ages change once a minute at most."""
        self.set_focus(self.table)
        self.set_interval(20, self._age)

    def _age(self) -> None:
        if self.is_current:
            self.show(self.app.state)

    def _cells(self, row: Row) -> Sequence[str]:
        age = ago(self.app.now() - row.created_at)
        if isinstance(row, Intent):
            return "? Outcome unknown", row.draft.service_name, row.draft.country_name, "", "", age
        number = plus(row.number) if row.number else ""
        code = (row.code or "").replace("\n", " ")
        return " ".join(state_words(row)), row.service_name, row.country_name, number, code, age

    def show(self, state: AppState) -> None:
        """Draw the rows anew where an order or an age changed."""
        rows = arrange_orders(state)
        source = tuple(self._cells(row) for row in rows)
        if source != self._source:
            self._source = source
            marked = self._key(self.table.row)
            keys = [self._key(row) for row in rows]
            self.table.set_rows(rows, cursor=keys.index(marked) if marked in keys else 0)
        self._update_hint()

    @staticmethod
    def _key(row: Row | None) -> str | None:
        return row.intent_id if isinstance(row, Intent) else row.order_id if row else None

    def _update_hint(self) -> None:
        row = self.table.row
        text = ""
        if row is None:
            text = "No orders yet. Esc leads back to the countries."
        elif isinstance(row, Intent):
            text = (
                "The server's answer to this order was lost, so no invoice is known here. "
                "Nothing was paid, so nothing is lost. Order again if you wish."
            )
        self.query_one("#hint", Static).update(Content(text))

    @on(PickTable.Activated)
    def action_open(self) -> None:
        """Open the order with the mark."""
        if isinstance(row := self.table.row, Order):
            self.post_message(OrderOpened(row.order_id))

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

    def action_move(self, step: int) -> None:
        """Move the mark by rows."""
        self.table.move(step)
        self._update_hint()

    def action_page(self, pages: int) -> None:
        """Move the mark by pages."""
        self.action_move(pages * self.table.page)
