"""The question before a file for support is written: with the number and the code, or without."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from s4s_tui.domain.report import SUPPORT
from s4s_tui.ui.widgets.keybar import KeyBar

_QUESTION = (
    "With the number and the code? The file is about this order alone and holds no API key. It is written to this "
    f"machine; sending it to support ({SUPPORT}) is left to you."
)


class SecretsQuestion(ModalScreen[bool | None]):
    """True for `y` (with), False for `n` (without), None where no file is wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "With", id="secrets.with", tooltip="Write it with number and code"),
        Binding("n", "dismiss(False)", "Without", id="secrets.without", tooltip="Write it without number and code"),
        Binding("escape", "dismiss(None)", "No file", id="secrets.none", tooltip="Write no file"),
    ]

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Vertical(id="dialog"):
            yield Static(Content(_QUESTION))
            yield Static(Content("y  With them     n  Without     esc  No file"), id="answers")
        yield KeyBar()
