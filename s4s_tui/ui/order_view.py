"""What the order screen says, computed from the order, the checks on its invoice and the time: pure, no Textual."""

from collections.abc import Collection

from s4s_tui.domain.checks import Inspection
from s4s_tui.domain.finding import kind_is_known
from s4s_tui.domain.life import ended_unknown
from s4s_tui.domain.order import SENDING, Cancel, Kind, Order, Status
from s4s_tui.ui.deadlines import deadline, other_times, paid_before
from s4s_tui.ui.funding_view import funding_view
from s4s_tui.ui.message_view import message_view
from s4s_tui.ui.next_steps import next_steps
from s4s_tui.ui.options import ordered_options
from s4s_tui.ui.order_notes import order_notes
from s4s_tui.ui.prepaid_words import prepaid_step
from s4s_tui.ui.text import phone, plus, sats, time_of_day
from s4s_tui.ui.view import Invoice, Step, View, invoice_state, task_waiting
from s4s_tui.ui.words import money_words


def order_view(
    order: Order,
    inspection: Inspection,
    dial: str | None,
    now: float,
    *,
    refusal: str = "",
    countries: Collection[int] = (),
    balance: int | None = None,
) -> View:
    """The words for this order.

    Args:
        order: the order.
        inspection: the checks on its invoice.
        dial: its country's prefix such as "+49", for grouping the number.
        now: Unix seconds of this machine.
        refusal: why the server did not take its last cancellation, "" where it did.
        countries: the numbers of the countries that can be chosen.
        balance: of the account, sats; None where it is not known.
    """
    if order.kind in SENDING:
        return message_view(order, inspection, now)
    invoice = invoice_state(order, inspection, now)
    if order.kind is Kind.FUND:
        return funding_view(order, invoice, now, refusal=refusal, balance=balance)
    title, lead = _task(order, invoice, now)
    return View(
        title=title,
        big=order.code or (phone(order.number, dial) if order.number and not order.ended else ""),
        lead=lead,
        copies=_copies(order, invoice),
        steps=_steps(order, invoice, now),
        deadline=deadline(order, now),
        times=other_times(order, now),
        money=_money(order, invoice),
        notes=order_notes(order, now, refusal),
        invoice=invoice,
        earlier=tuple(f"{time_of_day(code.at, now)}  {' '.join(code.code.split())}" for code in order.earlier),
        next_steps=next_steps(order, countries),
        options=ordered_options(order),
    )


def _task(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    """Title and lead of a state."""
    match order.status:
        case Status.WAITING:
            return task_waiting(order, invoice, now)
        case Status.HELD if order.prepaid:
            return "Paid from your balance", "A number is being assigned; most come within half a minute."
        case Status.HELD if not kind_is_known(order):
            return "Paid", "The server says that it is paid, and not what was ordered. It is asked on."
        case Status.HELD:
            return (
                "Held, not spent",
                "Your payment arrived. A number is being assigned; most come within half a minute.",
            )
        case Status.NUMBER:
            return (
                f"Enter this number at {order.service_name}:",
                "Then wait for the SMS. Most codes come within two minutes.",
            )
        case Status.CODE:
            return f"Your code for {order.service_name}:", "Enter it there. This order is done."
        case Status.UNKNOWN if order.gone:
            return "Unknown", "The server does not know this order any more, though it was paid."
        case Status.UNKNOWN:
            return "Unknown", "21 minutes have passed without the server's word on how the order ended."
        case _:
            return _task_ended(order)


def _task_ended(order: Order) -> tuple[str, str]:
    """Title and lead of an order that ended otherwise than by a code; one that was there all the same is shown."""
    all_the_same = " A code is there all the same." if order.code is not None else ""
    if order.status is Status.RETURNED:
        missing = "number" if order.number is None else "code"
        title = "Returned" if all_the_same else f"Returned: no {missing}"
        return title, all_the_same.strip() or f"The order ended without a {missing}."
    if order.status is Status.EXPIRED:
        return "Invoice expired", "The invoice ran out before a payment was seen." + all_the_same
    if order.paid_at is not None and order.reason is None:
        lead = "The server accepted the cancellation, and has said nothing else since."
    elif order.cancel is Cancel.NO and order.paid_at is None:
        lead = "The server closed the order before a payment was seen."
    else:
        lead = "The order is cancelled."
    return "Cancelled", lead + all_the_same


def _money(order: Order, invoice: Invoice) -> str:
    """Where the money is; an unpaid order whose invoice is not to be paid is not called free until paid."""
    if order.status is not Status.WAITING or order.cancel is not Cancel.NO or order.gone or not order.payreq:
        return money_words(order)
    if invoice is Invoice.GONE:
        return "Do not pay it any more. A payment that was begun before is shown here as soon as the server knows."
    return money_words(order) if invoice is Invoice.PAYABLE else "Nothing was paid, so nothing is lost."


def _copies(order: Order, invoice: Invoice) -> tuple[str, str] | None:
    if order.code is not None:
        return "code", order.code
    if order.number is not None and not order.ended:
        return "number", plus(order.number)
    return ("invoice", order.payreq) if invoice is Invoice.PAYABLE else None


def _steps(order: Order, invoice: Invoice, now: float) -> tuple[Step, ...]:
    """The timeline: invoice, payment, number, code."""

    def when(at: float | None) -> str:
        return "" if at is None else time_of_day(at, now)

    given_up = order.cancel not in (Cancel.NO, Cancel.ARMED)
    over = "✗" if order.ended or (given_up and order.paid_at is None) else "○"
    waits = "✗" if order.ended else "◌"
    pays = "●" if invoice is Invoice.PAYABLE else over
    paid, number, code = order.paid_at, order.number_at, order.code_at
    seen = "" if paid_before(order) else when(paid)
    return (
        *(() if order.prepaid else (_invoice_step(order, invoice, when(order.created_at)),)),
        Step("✓", "Payment", seen, _payment(order)) if paid else Step(pays, "Payment"),
        Step("✓", "Number", when(number), plus(order.number or ""))
        if number
        else Step(waits if paid else over, "Number"),
        Step("✓", "Code", when(code), _one_line(order.code)) if code else Step(waits if number else over, "Code"),
    )


def _invoice_step(order: Order, invoice: Invoice, made: str) -> Step:
    if not order.payreq:
        return Step("○", "Invoice", "", "not known here")
    fine = invoice in (Invoice.PAYABLE, Invoice.GONE) and not (order.gone and order.status is Status.WAITING)
    amount = sats(order.amount) if order.amount is not None else ""
    return Step("✓" if fine else "✗", "Invoice", "" if order.found else made, amount)


def _payment(order: Order) -> str:
    if order.prepaid:
        return prepaid_step(order)
    match order.status:
        case Status.CODE:
            return "look in your wallet" if order.late_code else "settled"
        case Status.RETURNED:
            return "returned"
        case Status.CANCELLED:
            return "should come back" if order.reason is None or ended_unknown(order) else "released"
        case Status.UNKNOWN:
            return "unknown"
        case _:
            return "held, not spent" if kind_is_known(order) else "paid"


def _one_line(code: str | None) -> str:
    return code if code is not None and len(code) <= 20 and "\n" not in code else ""
