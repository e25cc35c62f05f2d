"""The account behind the API key: its balance, its key, and the history of its fundings. Read on opening and on F5."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from s4s_tui.domain.account import Account, Deposit
from s4s_tui.domain.order import Kind
from s4s_tui.domain.state import AppState
from s4s_tui.services.export import Format
from s4s_tui.ui.account_view import (
    ADVICE,
    Sort,
    account_hint,
    arrange,
    cells,
    funding_draft,
    head,
    total,
    without_key,
)
from s4s_tui.ui.base import Place
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_account import AccountWanted, ExportWanted, KeyEntryWanted, KeyRemovalWanted
from s4s_tui.ui.messages_orders import CopyWanted, OrderWanted
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.export import ExportQuestion
from s4s_tui.ui.screens.fund import FundScreen
from s4s_tui.ui.screens.preimage import PREIMAGE_QUESTION, PreimageScreen
from s4s_tui.ui.screens.table import SearchedScreen
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from s4s_tui.ui.widgets.topbar import TopBar

_COLUMNS = (
    Column("Date", 16),
    Column("Amount", 15, right=True),
    Column("Price", 8, right=True, from_width=74),
    Column("Description", from_width=44),
    Column("Payment hash", 12, from_width=60),
)
_WIDE = 74
"""Columns of a window from which a payment hash is shown whole."""


class AccountScreen(SearchedScreen):
    """Without a key it says what one is for and how to come by one."""

    PLACE = Place.ACCOUNT
    AUTO_FOCUS = "PickTable"
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("f", "fund", "Fund", id="account.fund", tooltip="Fund the account with sats"),
        Binding("n", "enter_key", "Enter a key", id="account.key", tooltip="Enter an API key, or another one"),
        Binding("tab", "to_list", "List", id="account.list", tooltip="To the list; what was searched for stays"),
        Binding("slash", "search", "Search", id="account.search", tooltip="Search the history"),
        Binding("f2", "sort", "Sort", id="account.sort", tooltip="Sort the history by date or by amount"),
        Binding("escape", "leave", "Back", id="account.back", tooltip="Clear the search, then back"),
        Binding("e", "export", "Export", id="account.export", tooltip="Write the history to a file"),
        Binding("c", "copy", "Copy hash", id="account.copy", tooltip="Copy the payment hash of the marked row"),
        Binding("f5", "reload", "Ask again", id="account.reload", tooltip="Read balance and history again"),
        Binding("p", "preimage", "Preimage", id="account.preimage", tooltip="Show the preimage of the marked row"),
        Binding("delete", "remove_key", "Remove key", id="account.remove", tooltip="Forget the API key"),
        Binding("up,k", "move(-1)", "Up", show=False, id="account.up", tooltip="One row up"),
        Binding("down,j", "move(1)", "Down", show=False, id="account.down", tooltip="One row down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="account.pageup", tooltip="One page up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="account.pagedown", tooltip="One page down"),
        Binding("g,home", "move(-9999)", "First", show=False, id="account.first", tooltip="To the first row"),
        Binding("G,end", "move(9999)", "Last", show=False, id="account.last", tooltip="To the last row"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._sort = Sort.NEWEST
        self._funding = False
        """An invoice was asked for from here: what comes of that is said here."""

    @property
    def account(self) -> Account:
        """What is known of the account."""
        return self.app.state.account

    @property
    def row(self) -> Deposit | None:
        """The line of the history with the mark."""
        row = self.table.row
        return row if isinstance(row, Deposit) else None

    def where(self) -> str:
        """For the line on top."""
        return "Account"

    def compose(self) -> ComposeResult:
        """Balance and key, or how to come by one; the history with its total, and what there is to say."""
        yield TopBar()
        yield Static("", id="head", markup=False)
        with VerticalScroll(id="without", can_focus=False):
            yield Static("", id="about", markup=False)
        with Horizontal(id="find"):
            yield Label("Search", id="noun")
            yield SearchBox()
        yield PickTable[Deposit](_COLUMNS, cells)
        yield Static("", id="total", markup=False)
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the account: a person wants to see it."""
        self.post_message(AccountWanted())

    def show(self, state: AppState) -> None:
        """Draw what changed."""
        known = bool(state.account.key)
        self.set_class(known, "-known")
        for name, there in (("#head", known), ("#without", not known), ("PickTable", known), ("#total", known)):
            self.query_one(name).display = there
        if known:
            self._put("head", self._head())
        else:
            if self.is_searching:
                self.action_leave()
            self._put("about", self._about())
        self._refill()

    def _refill(self, *, to_the_top: bool = False) -> None:
        deposits = self.account.deposits
        rows, marked = arrange(deposits, self._sort, self.search.value), self.row
        at = rows.index(marked) if marked is not None and marked in rows and not to_the_top else 0
        self.table.update_rows(rows, cursor=at)
        words = total(deposits, rows, self._sort)
        self._put("total", Content.assemble(("Total  ", "$foreground-muted"), words) if words else Content(""))
        self.update_hint()

    def _head(self) -> Content:
        lines = [
            Content.assemble((f"{name:<9}", "$foreground-muted"), (f"{what:<18}", style), (where, "$foreground-muted"))
            for (name, what, where), style in zip(head(self.account, self.app.now()), ("bold $accent", ""), strict=True)
        ]
        return Content("\n").join([*lines, Content.styled(ADVICE, "$foreground-muted")])

    def _about(self) -> Content:
        title, sentences, ways = without_key(self.account, self.app.state.demo_key)
        parts = [Content.styled(title, "bold $warning" if self.account.error else "bold"), *map(Content, sentences)]
        if ways:
            lines = [
                Content.assemble((f"{name:<14}", "$foreground-muted"), (words, "bold" if len(words) < 20 else ""))
                for name, words in ways
            ]
            parts.append(Content("\n").join(lines))
        return Content("\n\n").join(parts)

    def _put(self, name: str, content: Content) -> None:
        """Write words anew, where they are others: what did not change is not sent to the terminal."""
        widget = self.query_one(f"#{name}", Static)
        if widget.content != content:
            widget.update(content)

    def update_hint(self) -> None:
        """Say anew what there is to say."""
        self._put("hint", Content(self._hint()))
        self.query_one("#hint").set_class(bool(self.account.error or self._failed()), "-trouble")
        self.refresh_bindings()

    def _failed(self) -> str:
        return self.app.state.order_error if self._funding else ""

    def _hint(self) -> str:
        buying = self.app.state.buying
        if buying is not None and buying.kind is Kind.FUND:
            return f"Asking for an invoice over {buying.quoted or 0:,} sats …"
        if not self.account.key:
            return ""
        return self._failed() or account_hint(self.account, self.row, self.search.value, wide=self.size.width >= _WIDE)

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self._refill(to_the_top=True)

    @on(Input.Submitted, "#search")
    def action_fund(self) -> None:
        """Ask how much, then for the invoice."""

        def answered(amount: int | None) -> None:
            if amount is not None:
                self._funding = True
                self.post_message(OrderWanted(funding_draft(amount)))

        self.app.push_screen(FundScreen(self.account.balance), answered)

    def action_enter_key(self) -> None:
        """Enter a key."""
        self.post_message(KeyEntryWanted())

    def action_remove_key(self) -> None:
        """Forget the key, after a question."""

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.post_message(KeyRemovalWanted())

        question = f"Forget the API key {self.account.key} ({self.account.origin})? The account itself stays as it is."
        self.app.push_screen(Confirm(question, yes="Forget it", no="Keep it"), answered)

    def action_copy(self) -> None:
        """Copy the payment hash of the row with the mark."""
        if self.row is not None:
            self.post_message(CopyWanted(self.row.payment_hash, "payment hash"))

    def action_preimage(self) -> None:
        """Show the preimage of the row with the mark, after a question."""
        row = self.row
        if row is None or row.preimage is None:
            return
        preimage = row.preimage

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.app.push_screen(PreimageScreen(row, preimage))

        self.app.push_screen(Confirm(PREIMAGE_QUESTION, yes="Show it", no="Leave it hidden"), answered)

    def action_export(self) -> None:
        """Write the history to a file, after a question which kind."""

        def answered(kind: Format | None) -> None:
            if kind is not None:
                self.post_message(ExportWanted(kind))

        if (deposits := self.account.deposits) is not None:
            self.app.push_screen(ExportQuestion(len(deposits.rows)), answered)

    def action_reload(self) -> None:
        """Read balance and history again."""
        self._funding = False
        self.post_message(AccountWanted())

    def action_sort(self) -> None:
        """Sort the history in the next way."""
        self._sort = self._sort.next
        self._refill(to_the_top=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys make sense with what is known."""
        if not self.is_mounted:
            return True
        account, row = self.account, self.row
        some = bool(account.key and account.deposits is not None and account.deposits.rows)
        rules = {
            "fund": bool(account.key) and self.app.state.buying is None,
            "search": some and not self.search.has_focus,
            "to_list": self.search.has_focus,
            "sort": some,
            "export": some,
            "copy": row is not None and bool(row.payment_hash),
            "preimage": row is not None and row.preimage is not None,
            "remove_key": bool(account.key),
        }
        return rules.get(action, True) and super().check_action(action, parameters)

    def key_label(self, binding: Binding) -> str:
        """Esc clears the search first; a key that is there is followed by another one."""
        if binding.action == "leave" and self.is_searching:
            return "Clear search"
        if binding.action == "enter_key" and self.account.key:
            return "Another key"
        return "" if binding.action == "submit" else binding.description
