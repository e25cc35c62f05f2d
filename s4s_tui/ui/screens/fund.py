"""How much to fund the account with: one number, and what it makes of the balance."""

from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from s4s_tui.ui.account_view import ADVICE, USUAL, amount_of, amount_words
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.searchbox import SearchBox

_WHAT: Final = (
    "It is paid by an invoice. Unlike an order, a funding is not held: what you pay is spent at once, and is balance "
    "then."
)
_PARTS: Final = str.maketrans("", "", ",_' \t\r\n\u00a0\u202f")
"""What people put between the thousands."""
_DIGITS: Final = 9


class AmountBox(SearchBox):
    """Digits only; a paste may part its thousands."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "submit", "Get the invoice", id="fund.enter", tooltip="Ask for the invoice"),
    )

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.restrict = rf"[0-9]{{0,{_DIGITS}}}"

    def on_paste(self, event: events.Paste) -> None:
        """Put the digits in; anything else than a whole number is left alone, for a part of it is another amount."""
        event.prevent_default()
        event.stop()
        text = event.text.translate(_PARTS)
        if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
            start, end = sorted(self.selection)
            self.replace(text, start, end)


class FundScreen(Dialog[int | None]):
    """The result is the amount in sats; None where nothing is to be funded."""

    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("escape", "dismiss(None)", "Close", id="fund.close", tooltip="Close this; nothing is asked for"),
    )
    box = getters.query_one(AmountBox)

    def __init__(self, balance: int | None) -> None:
        """Args: `balance` of the account in sats, None where it is not known."""
        super().__init__()
        self._balance = balance

    def compose(self) -> ComposeResult:
        """The question, the number, what it means, and a word of advice."""
        with Vertical(id="dialog"):
            yield Static(Content.styled("Fund the account", "bold"))
            yield Static(Content(_WHAT), id="what")
            with Horizontal(id="line"):
                yield Label("Sats")
                yield AmountBox(str(USUAL))
            yield Static("", id="means", markup=False)
            yield Static(Content.styled(ADVICE, "$foreground-muted"), id="advice")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what the amount means that is offered."""
        self._explain()

    @on(Input.Changed)
    def _explain(self) -> None:
        words, wrong = amount_words(self.box.value, self._balance)
        means = self.query_one("#means", Static)
        means.set_class(bool(wrong), "-wrong")
        if str(means.content) != (text := wrong or words):
            means.update(Content(text))

    @on(Input.Submitted)
    def _take(self) -> None:
        amount = amount_of(self.box.value)
        if amount is not None:
            self.dismiss(amount)
