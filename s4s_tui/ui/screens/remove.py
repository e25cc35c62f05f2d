"""A question before an order leaves the list: off the list, gone for good, or left as it is."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.order import Order
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.order_rows import state_cell
from s4s_tui.ui.text import ago
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.words import place_words

_OFF = (
    "Take it off the list. The journal keeps it until it is old enough to be deleted (keep_days, else 30 days); "
    "until then f finds it by its order id."
)
_GOOD = "Delete it from this machine now, with its number, its code and its history. This cannot be undone."
_ANSWERS = (("y", _OFF), ("d", _GOOD), ("n", "Leave it on the list."))


class RemoveScreen(Dialog[bool | None]):
    """The result is whether to delete for good; None leaves things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("y", "dismiss(False)", "Off the list", id="remove.list", tooltip="Take it off the list"),
        Binding("d", "dismiss(True)", "Delete for good", id="remove.good", tooltip="Delete it from this machine"),
        Binding("n,escape", "dismiss(None)", "Leave it", id="remove.no", tooltip="Leave things as they are"),
    )

    def __init__(self, order: Order, now: float) -> None:
        super().__init__()
        self._order = order
        age = ago(now - order.created_at)
        self._what = f"{state_cell(order)}, {'just now' if age == 'now' else f'{age} old'}"

    def compose(self) -> ComposeResult:
        """Which order, and the answers."""
        with Vertical(id="dialog"):
            yield Static(Content.assemble("Remove ", (place_words(self._order), "bold"), "?"))
            yield Static(Content(self._what), id="what")
            for key, words in _ANSWERS:
                with Horizontal(classes="answer"):
                    yield Static(Content.styled(key, "bold $accent"), classes="key")
                    yield Static(Content(words))
        yield KeyBar()
