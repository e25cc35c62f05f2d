"""A pick screen whose Enter orders, by an invoice or from the balance."""

from abc import abstractmethod
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.history import Draft
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_offers import PrepaidWanted
from s4s_tui.ui.messages_orders import OrderWanted
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.widgets.keybar import KeyBar


class PayableScreen(PickScreen[Service]):
    """Which service, and how it is paid."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("f4", "prepaid", "From balance", id="service.balance", tooltip="Pay from the balance of the API key"),
    )

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._prepaid = False
        self._balancing = False
        """The balance is being read, for the question before it pays."""
        self._answered_error = ""
        """Why an order could not be made before this screen last asked or ordered: no news any more."""

    def compose_more(self) -> ComposeResult:
        """The options, while some are on."""
        yield Static("", id="options", markup=False)

    @abstractmethod
    def options(self) -> str:
        """The options that are on, in words; "" for none."""

    def update_hint(self) -> None:
        """Say anew what there is to say: options and hint."""
        super().update_hint()
        words, options = self.options(), self.query_one("#options", Static)
        options.display = bool(words)
        if str(options.content) != words:
            options.update(Content(words))

    def order(self, draft: Draft) -> None:
        """Order: what an invoice pays is free until it is paid, so without a question; the balance pays after one."""
        if not draft.prepaid:
            self.post_message(OrderWanted(draft))
        elif not self._balancing:
            self._balancing = True
            self._answered_error = self.app.state.order_error
            self.post_message(PrepaidWanted(draft))

    def ordering(self) -> str:
        """The order that is under way, in words; "" for none."""
        state = self.app.state
        if state.buying is not None:
            asked = "Ordering" if state.buying.prepaid else "Asking for an invoice"
            return f"{asked}: {state.buying.service_name} · {state.buying.country_name} …"
        if self._balancing:
            return "Reading the balance …"
        return ""

    def trouble(self) -> str:
        """Why the last order was not made, "" where that is no news."""
        error = self.app.state.order_error
        return "" if error == self._answered_error else error

    def action_prepaid(self) -> None:
        """Pay from the balance, or by invoice again."""
        self._prepaid = not self._prepaid
        self.options_changed()

    def options_changed(self) -> None:
        """An Enter that was kept was for what was on before."""
        self.waiting = False
        self.show(self.app.state)
        self.query_one(KeyBar).update_keys()

    def balance_came(self) -> None:
        """The balance was read, or could not be."""
        self._balancing = False
        self._pull()

    def key_label(self, binding: Binding) -> str:
        """Enter orders here; F4 says what it leads to."""
        if binding.action in ("choose", "submit"):
            return "Order"
        if binding.action == "prepaid" and self._prepaid:
            return "By invoice"
        return super().key_label(binding)
