"""Where the money of an order is that was paid from the balance: pure, no Textual.

There is no invoice and no hold: the balance paid with the request itself. What the server says of its going back is
called its word; the balance shows whether it did.
"""

from s4s_tui.domain.life import ended_unknown
from s4s_tui.domain.order import SENDING, Kind, Order, Status
from s4s_tui.ui.amounts import amount_of, begins_with
from s4s_tui.ui.rental_words import has_number
from s4s_tui.ui.text import sats

_PRICE = "the price of it"
_LOOK = "F9 shows the balance."


def prepaid_money(order: Order) -> str:
    """Where the money is, in one or two sentences."""
    amount, begins = amount_of(order, _PRICE), begins_with(order, _PRICE)
    match order.status:
        case Status.WAITING | Status.HELD | Status.NUMBER:
            taken = "were" if order.amount not in (None, 1) else "was"
            return f"{begins} {taken} taken from your balance with the order. {_without(order)}"
        case Status.CODE if order.late_code:
            return f"Whether {amount} went back to your balance is not known here. {_LOOK}"
        case Status.CODE | Status.SENT | Status.DELIVERED | Status.FUNDED:
            return f"Paid from your balance: {amount}."
        case Status.RETURNED:
            return f"{begins} went back to your balance as far as the server says. {_LOOK}"
        case Status.CANCELLED if _said_why(order):
            return f"{begins} went back to your balance as far as the server says. {_LOOK}"
        case Status.CANCELLED | Status.FAILED | Status.EXPIRED:
            return f"{begins} should go back to your balance. The server has not said that this has happened. {_LOOK}"
        case Status.UNKNOWN:
            asked = "The server does not know this order now" if order.gone else "The server has not said"
            whether = f"whether {_they(order)} went back to your balance is unknown"
            return f"{begins}: {whether}. {asked}. It is asked on. {_LOOK}"


def _without(order: Order) -> str:
    if order.kind is Kind.RENT:
        return "A rental is not refundable."
    if order.kind in SENDING:
        return "If it cannot be sent, it should go back to the balance."
    return f"If no code comes {_they(order)} should go back to the balance."


def _they(order: Order) -> str:
    return "it" if order.amount in (None, 1) else "they"


def _said_why(order: Order) -> bool:
    return order.reason is not None and not ended_unknown(order)


def prepaid_step(order: Order) -> str:
    """What stands behind the payment in the timeline."""
    match order.status:
        case Status.RETURNED:
            return "back to the balance"
        case Status.CANCELLED if _said_why(order):
            return "back to the balance"
        case Status.CANCELLED | Status.FAILED | Status.EXPIRED:
            return "should go back"
        case Status.UNKNOWN:
            return "unknown"
        case Status.CODE if order.late_code:
            return "look at the balance"
        case _:
            return "from the balance"


def cancel_question(order: Order) -> str:
    """The question before a paid order is cancelled; of a rental with a number nothing is promised."""
    if has_number(order):
        return "Cancel this rental? Rentals are not refundable: the server may refuse, or keep the money."
    amount = sats(order.amount) if order.amount is not None else "the payment"
    where = "balance" if order.prepaid else "wallet"
    goes = "should go" if order.prepaid else "go"
    return f"Cancel this order? {amount} {goes} back to your {where}. A code that arrives later is lost."
