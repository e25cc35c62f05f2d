"""A screen that asks one question: a search above a table, one row is chosen by Enter, from within the search too."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label

from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages import ChoiceMade
from s4s_tui.ui.screens.table import TableScreen
from s4s_tui.ui.widgets.hint import Hint
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from s4s_tui.ui.widgets.topbar import TopBar

T = TypeVar("T")


class PickScreen(TableScreen, Generic[T]):
    """Search and table; a subclass says what the rows are and what choosing one means."""

    AUTO_FOCUS = "#search"
    NOUN: ClassVar[str] = ""
    LEADS_ON: ClassVar[bool] = False
    """A choice leads to another screen with a search, which lets typed keys on when it is ready."""
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "choose", "Choose", id="pick.choose", tooltip="Choose the row with the mark"),
        Binding("escape", "leave", "List", id="pick.leave", tooltip="From the search to the list, from there back"),
        Binding("slash", "search", "Search", id="pick.search", tooltip="Back to the search"),
        Binding("up,k", "move(-1)", "Up", show=False, id="pick.up", tooltip="One row up"),
        Binding("down,j", "move(1)", "Down", show=False, id="pick.down", tooltip="One row down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="pick.pageup", tooltip="One page up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="pick.pagedown", tooltip="One page down"),
        Binding("g,home", "move(-9999)", "First", show=False, id="pick.first", tooltip="To the first row"),
        Binding("G,end", "move(9999)", "Last", show=False, id="pick.last", tooltip="To the last row"),
        Binding("f5", "reload", "Load again", show=False, id="pick.reload", tooltip="Load the list again"),
    )

    def __init__(self, typed: str = "") -> None:
        """Args: `typed` stands in the search from the start."""
        super().__init__()
        self._typed = typed
        self.waiting = False
        """Enter was typed before the list was settled: it counts as soon as it is."""

    def compose(self) -> ComposeResult:
        """The search line, the table, what there is to say, the keys."""
        yield TopBar()
        with Horizontal(id="find"):
            yield Label(self.NOUN, id="noun")
            yield SearchBox(self._typed)
            yield Label("", id="count")
        yield self.make_table()
        yield Hint()
        yield from self.compose_more()
        yield KeyBar()

    def compose_more(self) -> ComposeResult:
        """What a subclass shows below the hint."""
        yield from ()

    def on_mount(self) -> None:
        """The search has the focus from the start; keys typed before now are let on."""
        self.set_focus(self.search)
        self.call_later(self.post_message, ChoiceMade())

    @abstractmethod
    def make_table(self) -> PickTable[T]:
        """The table with its columns."""

    @abstractmethod
    def matches(self, query: str) -> Sequence[T] | None:
        """The rows that match, best first; None while there is no list yet."""

    def settled(self) -> bool:
        """The list is there, and no newer one is on its way: Enter counts."""
        return self.matches(self.search.value) is not None

    def same(self, row: T, other: T) -> bool:
        """Both rows, of an older and a newer list, stand for the same thing."""
        return row == other

    @abstractmethod
    def total(self) -> int:
        """How many rows there are without a query."""

    @abstractmethod
    def take(self, row: T) -> bool:
        """A row was chosen. False where it cannot be had yet and Enter should count later."""

    @abstractmethod
    def hint(self) -> str:
        """What there is to say below the table."""

    def refilter(self, *, keep: bool = False) -> None:
        """Show the rows that match; with `keep` the cursor stays on its row where that is still there."""
        rows = self.matches(self.search.value) or ()
        old = self.table.row if keep else None
        cursor = 0 if old is None else next((at for at, row in enumerate(rows) if self.same(row, old)), 0)
        self.table.set_rows(rows, cursor=cursor)
        count = f"{len(rows):,} of {self.total():,}" if self.total() else ""
        self.query_one("#count", Label).update(Content(count), layout=False)
        self.update_hint()

    def update_hint(self) -> None:
        """Say anew what there is to say."""
        self.query_one(Hint).say(self.hint())

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self.waiting = False
        self.refilter()

    @on(Input.Submitted, "#search")
    @on(PickTable.Activated)
    def action_choose(self) -> None:
        """Choose the row with the mark, now or as soon as the list is settled."""
        row = self.table.row
        if not self.settled():
            self.waiting = True
        elif row is not None:
            self.waiting = not self.take(row)
        self.update_hint()
        if not self.LEADS_ON or (row is None and not self.waiting):
            self.post_message(ChoiceMade())

    def choose_if_waiting(self) -> None:
        """Let an Enter count that was typed before the list was settled."""
        if self.waiting and self.settled():
            self.waiting = False
            self.action_choose()

    def action_leave(self) -> None:
        """From the search to the list, from the list one screen back."""
        self.waiting = False
        if self.search.has_focus:
            self.table.focus()
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def action_search(self) -> None:
        """Back to the search."""
        self.into_search()

    def action_reload(self) -> None:
        """Load the list again."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The search's own key makes no sense within it."""
        if action == "search":
            return not self.search.has_focus
        return super().check_action(action, parameters)

    def key_label(self, binding: Binding) -> str:
        """Esc leads to the list first, then back."""
        if binding.action == "leave" and not self.search.has_focus:
            return "Back" if len(self.app.screen_stack) > 1 else ""
        return binding.description
