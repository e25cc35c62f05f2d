"""What an order's screen hands on for the order alone, whatever its words are: copies, files, questions."""

from textual import work

from s4s_tui.domain.order import Order
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.messages_orders import (
    CopyWanted,
    DemoPayWanted,
    HistoryWanted,
    LookWanted,
    QrFileWanted,
    SupportFileWanted,
)
from s4s_tui.ui.screens.secrets import SecretsQuestion
from s4s_tui.ui.text import plus


class OrderPapers(StateScreen):
    """A screen of one order."""

    def __init__(self, order_id: str) -> None:
        super().__init__()
        self.order_id = order_id

    @property
    def order(self) -> Order | None:
        """The order as the state has it."""
        return self.app.state.order(self.order_id)

    def action_copy_invoice(self) -> None:
        """Copy the invoice, while it may be paid."""
        if self.order is not None:
            self.post_message(CopyWanted(self.order.payreq, "invoice"))

    def action_copy_number(self) -> None:
        """Copy the number as +digits."""
        if self.order is not None and self.order.number is not None:
            self.post_message(CopyWanted(plus(self.order.number), "number"))
        elif self.order is not None and self.order.recipient:
            self.post_message(CopyWanted(self.order.recipient, "recipient"))

    def action_pay(self) -> None:
        """Demo: pay as a phone would."""
        if self.order is not None:
            self.post_message(DemoPayWanted(self.order.payreq))

    def action_save(self) -> None:
        """Save the code as a picture."""
        self.post_message(QrFileWanted(self.order_id))

    def action_history(self) -> None:
        """Show what happened."""
        self.post_message(HistoryWanted(self.order_id))

    def action_look(self) -> None:
        """Ask the server now."""
        self.notify("The server is asked about this order.", timeout=2, markup=False)
        self.post_message(LookWanted(self.order_id))

    def action_support(self) -> None:
        """Write the file for support, after asking whether with number and code where there are any."""
        if (order := self.order) is None or self.app.screen.is_modal:
            return
        if order.number is None and order.code is None and not order.recipient:
            self.post_message(SupportFileWanted(self.order_id, secrets=False))
        else:
            self._ask_for_secrets()

    @work(group="dialog", exclusive=True)
    async def _ask_for_secrets(self) -> None:
        wanted = await self.app.push_screen_wait(SecretsQuestion(self.order))
        if wanted is not None:
            self.post_message(SupportFileWanted(self.order_id, secrets=wanted))
