"""What the order screen says of an order to send a message: pure, no Textual."""

from s4s_tui.domain.checks import Inspection
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.deadlines import deadline
from s4s_tui.ui.next_steps import NextStep
from s4s_tui.ui.order_notes import order_notes
from s4s_tui.ui.text import sats, time_of_day
from s4s_tui.ui.view import Invoice, Step, View, invoice_state, task_waiting
from s4s_tui.ui.words import money_words

_WRITE_AGAIN = NextStep("1", "Write it again", "Write it again: the same recipient and message", None)


def message_view(order: Order, inspection: Inspection, now: float) -> View:
    """The words for this order; `now` in Unix seconds of this machine."""
    invoice = invoice_state(order, inspection, now)
    title, lead = _task(order, invoice, now)
    unpaid = order.status is Status.WAITING and order.cancel is Cancel.NO
    return View(
        title=title,
        big="",
        lead=lead,
        copies=("invoice", order.payreq) if invoice is Invoice.PAYABLE else _message(order),
        steps=_steps(order, invoice, now),
        deadline=deadline(order, now) if unpaid else None,
        times="",
        money=_money(order, invoice),
        notes=order_notes(order, now),
        invoice=invoice,
        next_steps=(_WRITE_AGAIN,) if can_be_written_again(order) else (),
    )


def can_be_written_again(order: Order) -> bool:
    """Whether it ended without having been sent, and is known well enough to be written again."""
    lost = (Status.FAILED, Status.RETURNED, Status.EXPIRED, Status.CANCELLED)
    return order.status in lost and bool(order.message)


def _message(order: Order) -> tuple[str, str] | None:
    return ("message", order.message) if order.message else None


def _task(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    """Title and lead of a state."""
    match order.status:
        case Status.WAITING if order.cancel is not Cancel.NO:
            return "Given up", (
                "The server is not told, for it cancels no message. Unpaid, the order ends when its invoice runs out. "
                "x takes this back."
            )
        case Status.WAITING:
            return task_waiting(order, invoice, now)
        case Status.HELD:
            paid = "It is paid from the balance" if order.prepaid else "Your payment is held"
            return "Being sent", f"{paid}, and the message is on its way. Most are sent within half a minute."
        case Status.SENT:
            return "Sent", "Word of its delivery may still come, or never: both are success."
        case Status.DELIVERED:
            return "Delivered", "The message has arrived."
        case Status.UNKNOWN if order.gone:
            return "Unknown", "The server does not know this order any more, though it was paid."
        case Status.UNKNOWN:
            return "Unknown", "21 minutes have passed without the server's word on whether the message was sent."
        case _:
            return _ENDED.get(order.status, _CANCELLED)


_CANCELLED = ("Cancelled", "The server closed the order. Nothing was sent as far as it says.")
_ENDED = {
    Status.FAILED: ("Failed", "The server says that the message could not be sent."),
    Status.RETURNED: ("Returned: not sent", "The order ended before the message was sent."),
    Status.EXPIRED: ("Invoice expired", "The invoice ran out before a payment was seen. Nothing was sent."),
    Status.CANCELLED: _CANCELLED,
}
"""Title and lead of an order that ended without having sent its message."""


def _money(order: Order, invoice: Invoice) -> str:
    """Where the money is; an unpaid order whose invoice is not to be paid is not called free until paid."""
    open_question = order.status is Status.WAITING and order.cancel is Cancel.NO and not order.gone and order.payreq
    if open_question and invoice is Invoice.GONE:
        return "Do not pay it any more. A payment that was begun before is shown here as soon as the server knows."
    if open_question and invoice is not Invoice.PAYABLE:
        return "Nothing was paid, so nothing is lost."
    return money_words(order)


def _steps(order: Order, invoice: Invoice, now: float) -> tuple[Step, ...]:
    """The timeline: invoice, payment, sent, delivered; without an invoice where the balance paid."""
    sent = order.status in (Status.SENT, Status.DELIVERED)
    over = "✗" if (order.ended and not sent) or order.cancel is not Cancel.NO else "○"
    under_way = "◌" if order.paid_at is not None and not order.ended else over
    when = "" if order.ended_at is None else time_of_day(order.ended_at, now)
    arrived = order.status is Status.DELIVERED
    return (
        *([] if order.prepaid else [_invoice_step(order, invoice, now)]),
        _payment_step(order, invoice, over, now),
        Step("✓", "Sent", when) if sent else Step(under_way, "Sent"),
        Step("✓", "Delivered") if arrived else Step("◌" if sent else over, "Delivered"),
    )


def _invoice_step(order: Order, invoice: Invoice, now: float) -> Step:
    if not order.payreq:
        return Step("○", "Invoice", "", "not known here")
    fine = invoice in (Invoice.PAYABLE, Invoice.GONE) and not (order.gone and order.status is Status.WAITING)
    made = "" if order.found else time_of_day(order.created_at, now)
    return Step("✓" if fine else "✗", "Invoice", made, sats(order.amount) if order.amount is not None else "")


def _payment_step(order: Order, invoice: Invoice, over: str, now: float) -> Step:
    if order.paid_at is None:
        return Step("●" if invoice is Invoice.PAYABLE else over, "Payment")
    return Step("✓", "Payment", time_of_day(order.paid_at, now), _payment(order))


def _payment(order: Order) -> str:
    if order.prepaid:
        return "from the balance"
    match order.status:
        case Status.HELD:
            return "held, not spent"
        case Status.SENT | Status.DELIVERED:
            return "settled"
        case Status.RETURNED:
            return "returned"
        case _:
            return "unknown"
