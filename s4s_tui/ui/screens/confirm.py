"""A question with two answers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.widgets.keybar import KeyBar


class Confirm(Dialog[bool]):
    """True for `y`; everything else leaves things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("y", "dismiss(True)", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("n,escape", "dismiss(False)", "No", id="confirm.no", tooltip="Leave things as they are"),
    )

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._answers = f"y  {yes}     n  {no}"

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Vertical(id="dialog"):
            yield Static(Content(self._question))
            yield Static(Content(self._answers), id="answers")
        yield KeyBar()
