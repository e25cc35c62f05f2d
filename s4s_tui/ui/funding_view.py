"""What the order screen says of a funding of the account: pure, no Textual.

A funding is a payment that is not held. Its order ends when the balance has risen, which is read beside the status.
"""

from s4s_tui.domain.funding import PATIENCE
from s4s_tui.domain.life import ended_unknown
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.amounts import amount_of, begins_with
from s4s_tui.ui.deadlines import deadline, paid_before
from s4s_tui.ui.order_notes import order_notes
from s4s_tui.ui.text import sats, time_of_day
from s4s_tui.ui.view import Invoice, Step, View, not_payable_yet

_LOOK = "F9 shows the balance."


def funding_view(order: Order, invoice: Invoice, now: float, *, refusal: str = "", balance: int | None = None) -> View:
    """The words for a funding; `balance` in sats as it was read last, None where it is not known."""
    title, lead = _task(order, invoice, now, balance)
    clock = deadline(order, now) if order.payable(now) else None
    return View(
        title=title,
        big="",
        lead=lead,
        copies=("invoice", order.payreq) if invoice is Invoice.PAYABLE else None,
        steps=_steps(order, invoice, now),
        deadline=clock,
        times="",
        money=_money(order, invoice),
        notes=order_notes(order, now, refusal),
        invoice=invoice,
    )


def _task(order: Order, invoice: Invoice, now: float, balance: int | None) -> tuple[str, str]:
    amount = amount_of(order)
    match order.status:
        case Status.WAITING:
            return _task_waiting(order, invoice, now)
        case Status.FUNDED:
            return "Funded", _now(balance) or f"{begins_with(order)} were added to your balance."
        case Status.HELD | Status.NUMBER | Status.CODE:
            return "Paid: waiting for the balance to rise", "It is read every few seconds until it has risen."
        case Status.EXPIRED:
            return "Invoice expired", f"No payment of {amount} was seen before the invoice ran out."
        case Status.UNKNOWN:
            return "Unknown", "The server calls it paid, and the balance could not be seen to rise."
        case _:
            return "Ended", f"The server ended this funding. {_LOOK}"


def _now(balance: int | None) -> str:
    return "" if balance is None else f"Your balance is {sats(balance)} now."


def _task_waiting(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    if order.cancel is not Cancel.NO:
        until = "" if order.runs_out_at is None else f" ({time_of_day(order.runs_out_at, now, with_seconds=False)})"
        return "Given up", f"The server cancels no funding: its invoice runs out by itself{until}. x takes this back."
    if order.gone:
        return "Do not pay this", "The server does not know it now, so a payment might be for nothing. It is asked on."
    if words := not_payable_yet(order, invoice):
        return words
    if invoice is Invoice.GONE:
        return "The invoice has run out", "The balance is read for a payment that was begun before."
    amount = sats(order.amount)
    return f"Pay {amount}", f"Paying this adds {amount} to your balance. Scan it, or copy it with c."


def _money(order: Order, invoice: Invoice) -> str:
    amount, begins = amount_of(order), begins_with(order)
    match order.status:
        case Status.WAITING if order.cancel is not Cancel.NO or invoice is Invoice.GONE:
            return f"No payment was seen. Do not pay this invoice any more. {_LOOK}"
        case Status.WAITING if invoice is Invoice.PAYABLE:
            return "Free until you pay. A funding is not held: what you pay is spent at once, and is balance then."
        case Status.WAITING:
            return "No payment was seen."
        case Status.HELD | Status.NUMBER | Status.CODE:
            return f"Paid: {amount}. A funding is not held, so your wallet shows it as spent. Do not pay twice."
        case Status.FUNDED if _by_patience(order):
            return (
                f"The server called {amount} paid. The balance was not seen to rise, as where it is spent at the same "
                f"time. {_LOOK}"
            )
        case Status.FUNDED:
            return f"Paid: {amount}. It is in the balance, and is spent by what you order from there."
        case Status.UNKNOWN:
            return f"{begins}: whether the payment is in the balance is unknown. {_LOOK} w writes a file for support."
        case _ if ended_unknown(order):
            return f"No payment was seen before the server said that it does not know this order. {_LOOK}"
        case _ if order.paid_at is not None:
            return f"Where the {amount} are is not known here: look in your wallet. {_LOOK}"
        case _:
            return f"No payment was seen. If you did pay, {_LOOK}"


def _by_patience(order: Order) -> bool:
    if order.paid_at is None or order.ended_at is None:
        return False
    return order.ended_at - order.paid_at >= PATIENCE


def _steps(order: Order, invoice: Invoice, now: float) -> tuple[Step, ...]:
    """The timeline: invoice, payment, balance."""
    over = "✗" if order.ended or order.cancel is not Cancel.NO else "○"
    fine = invoice in (Invoice.PAYABLE, Invoice.GONE) and not (order.gone and order.status is Status.WAITING)
    made = "" if order.found else time_of_day(order.created_at, now)
    known = Step("✓" if fine else "✗", "Invoice", made, amount_of(order))
    paid = order.paid_at is not None
    seen = "" if order.paid_at is None or paid_before(order) else time_of_day(order.paid_at, now)
    funded = order.status is Status.FUNDED
    risen = "" if not funded or order.ended_at is None else time_of_day(order.ended_at, now)
    return (
        known if order.payreq else Step("○", "Invoice", "", "not known here"),
        Step("✓", "Payment", seen) if paid else Step("●" if invoice is Invoice.PAYABLE else over, "Payment"),
        Step("✓", "Balance", risen) if funded else Step("◌" if paid and not order.ended else over, "Balance"),
    )
