"""The preimage of one payment, as long as this is open: the proof that it was paid."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.account import Deposit
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.account_view import cells
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_account import SecretCopyWanted
from s4s_tui.ui.widgets.keybar import KeyBar

PREIMAGE_QUESTION = (
    "Show the preimage of this payment? It is the proof of having paid: whoever sees it can claim the payment as "
    "theirs. Support may ask for it."
)


class PreimageScreen(Dialog[None]):
    """Gone when it is closed; nothing keeps what it shows."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("c", "copy", "Copy", id="preimage.copy", tooltip="Copy the preimage"),
        Binding("escape,p", "dismiss(None)", "Close", id="preimage.close", tooltip="Hide it again"),
    )

    def __init__(self, row: Deposit, preimage: Secret) -> None:
        super().__init__()
        self._row = row
        self._preimage = preimage

    def compose(self) -> ComposeResult:
        """Which payment, and its preimage."""
        at, amount, *_ = cells(self._row)
        with Vertical(id="dialog"):
            yield Static(Content.assemble("Preimage of ", (" · ".join(filter(None, (amount, at))), "bold")))
            yield Static(Content(self._preimage.reveal()), id="preimage")
        yield KeyBar()

    def action_copy(self) -> None:
        """Copy it."""
        self.post_message(SecretCopyWanted(self._preimage, "preimage"))
