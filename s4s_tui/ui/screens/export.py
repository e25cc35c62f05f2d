"""The question before the account's history is written to a file: which kind."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from s4s_tui.services.export import Format
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.widgets.keybar import KeyBar

_ANSWERS = "c  CSV, for a spreadsheet\nj  JSON, for a program"


class ExportQuestion(Dialog[Format | None]):
    """None where no file is wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("c", "take('CSV')", "CSV", id="export.csv", tooltip="Write a file for a spreadsheet"),
        Binding("j", "take('JSON')", "JSON", id="export.json", tooltip="Write a file for a program"),
        Binding("escape", "dismiss(None)", "No file", id="export.none", tooltip="Write no file"),
    )

    def __init__(self, payments: int) -> None:
        """Args: `payments` is how many are written."""
        super().__init__()
        many = {1: "the one payment", 2: "both payments"}.get(payments, f"all {payments:,} payments")
        self._question = (
            f"Write {many} of the history to a file? Date, amount, price, description and payment hash of each are in "
            "it; no API key and no preimage."
        )

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Vertical(id="dialog"):
            yield Static(Content(self._question))
            yield Static(Content(_ANSWERS), id="answers")
        yield KeyBar()

    def action_take(self, name: str) -> None:
        """This kind of file."""
        self.dismiss(Format[name])
