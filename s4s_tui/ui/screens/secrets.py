"""The question before a file for support is written: with the number and the code, or without."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.order import SENDING, Order
from s4s_tui.domain.report import SUPPORT
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.widgets.keybar import KeyBar

_QUESTION = (
    "With the {}? The file is about this order alone and holds no API key. It is written to this "
    f"machine; sending it to support ({SUPPORT}) is left to you."
)


class SecretsQuestion(Dialog[bool | None]):
    """True for `y` (with), False for `n` (without), None where no file is wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("y", "dismiss(True)", "With", id="secrets.with", tooltip="Write it with them"),
        Binding("n", "dismiss(False)", "Without", id="secrets.without", tooltip="Write it without them"),
        Binding("escape", "dismiss(None)", "No file", id="secrets.none", tooltip="Write no file"),
    )

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        message = order is not None and order.kind in SENDING
        self._what = "recipient and the message" if message else "number and the code"

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Vertical(id="dialog"):
            yield Static(Content(_QUESTION.format(self._what)))
            yield Static(Content("y  With them     n  Without     esc  No file"), id="answers")
        yield KeyBar()
