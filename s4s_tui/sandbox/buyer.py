"""The buyer: pays an invoice of the sandbox as a telephone's wallet would, and refuses what a wallet would refuse."""

from s4s_tui.domain.invoice import InvoiceError, read_invoice
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.orders import Phase, Refusal, SandboxOrder


class PaymentRefused(Exception):
    """The buyer did not pay; the sentence says why."""


class Buyer:
    """Pays the invoices of one order book. Safe to use from several threads: one payment wins."""

    def __init__(self, book: OrderBook) -> None:
        self._book = book

    def pay(self, payreq: str) -> SandboxOrder:
        """Pay the invoice; its payment is held from now on. Returns the paid order.

        Raises:
            PaymentRefused: not an invoice, of another network, expired, unknown, paid before, or closed.
        """
        try:
            invoice = read_invoice(payreq)
        except InvoiceError as error:
            raise PaymentRefused(f"This is no invoice that can be paid: {error}") from error
        network = self._book.network
        if invoice.network != network:
            raise PaymentRefused(
                f"This invoice is of the network {invoice.network}; the sandbox's buyer pays {network}."
            )

        def rule(order: SandboxOrder, now: float) -> SandboxOrder:
            if (
                order.bill.payreq != invoice.text
            ):  # same payment hash, other amount or payee: nobody of ours waits for it
                raise PaymentRefused("This is not the invoice that the sandbox made.")
            return _paid(order, now)

        try:
            return self._book.change(invoice.payment_hash, rule)
        except Refusal as refusal:
            raise PaymentRefused(f"The sandbox did not take the payment: {refusal}.") from refusal

    def pay_order(self, order_id: str) -> SandboxOrder:
        """Pay the invoice of this order; the paid order.

        Raises:
            PaymentRefused: paid before, or closed.
            Refusal: there is no such order, or the state file cannot be written.
        """
        return self._book.change(order_id, _paid)


def _paid(order: SandboxOrder, now: float) -> SandboxOrder:
    """The order with its payment held.

    Raises:
        PaymentRefused: paid before, or closed.
    """
    if order.bill.paid(now):
        raise PaymentRefused("This invoice has been paid already. Do not pay twice.")
    match order.phase(now):
        case Phase.CANCELLED:
            raise PaymentRefused("This invoice was cancelled.")
        case Phase.EXPIRED:
            raise PaymentRefused("This invoice has expired.")
        case _:
            return order.pay(now)
