"""The states of a message's order in words, and where its money is: pure, no Textual.

As for every order: nothing is said about money that the server did not say. It settles a hold when the message is
sent or delivered (API docs); of a failed one it says nothing.
"""

from s4s_tui.domain.life import ended_unknown
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.ui.amounts import amount_of, begins_with, is_or_are

_STATE = {
    Status.WAITING: ("○", "Waiting for payment"),
    Status.HELD: ("◌", "Being sent"),
    Status.SENT: ("✓", "Sent"),
    Status.DELIVERED: ("✓", "Delivered"),
    Status.FAILED: ("✗", "Failed"),
    Status.RETURNED: ("↩", "Returned"),
    Status.CANCELLED: ("✗", "Cancelled"),
    Status.EXPIRED: ("✗", "Invoice expired"),
    Status.UNKNOWN: ("?", "Unknown"),
}
_BY_ITSELF = "A hold that nobody settles ends by itself, at worst in a day or two"


def message_state(order: Order) -> tuple[str, str]:
    """A symbol and the state in words, for one line of a list."""
    if order.status is Status.WAITING and order.cancel is not Cancel.NO:
        return "✗", "Given up"
    return _STATE.get(order.status, ("?", "Unknown"))


def message_money(order: Order) -> str:
    """Where the money is, in one or two sentences."""
    amount, begins = amount_of(order), begins_with(order)
    match order.status:
        case Status.WAITING:
            return _unpaid(order)
        case Status.HELD:
            return (
                f"Held, not spent: {amount}. You are charged only when the message is sent. Your wallet shows the "
                "payment as pending until then. That is normal. Do not pay twice."
            )
        case Status.SENT | Status.DELIVERED:
            return f"{begins} settled."
        case Status.FAILED:
            return f"Where {amount} {is_or_are(order)}, the server has not said. {_BY_ITSELF}: look in your wallet."
        case Status.RETURNED:
            return f"{begins} went back to your wallet; it may take a minute to show it."
        case Status.UNKNOWN:
            return f"{begins}: whether it was taken is unknown, the server has not said. It is asked on. {_BY_ITSELF}."
        case _ if order.paid_at is not None:
            return f"{begins} should come back. {_BY_ITSELF}: look in your wallet."
        case _:
            return never_paid(order)


def never_paid(order: Order) -> str:
    """Where the money is of an order that ended and was never seen paid."""
    if ended_unknown(order):
        return "No payment was seen before the server said that it does not know this order."
    if order.reason is not None:  # an error may leave out whether it was paid (API docs: its body is unknown)
        return "No payment was seen, so nothing should be lost."
    return "Nothing was paid, so nothing is lost."


def _unpaid(order: Order) -> str:
    if order.cancel is not Cancel.NO:
        return "Nothing was paid as far as the server says. Do not pay this invoice any more."
    if order.gone:
        return "No payment was seen here. If you have paid already, w writes a file for support: keep it."
    if not order.payreq:
        return "Not paid as far as the server says. Once it is paid, nothing is spent until the message is sent."
    return "Free until you pay. When you pay, nothing is spent until the message is sent."


def news_words(order: Order) -> str:
    """What has become of a message at its end, to follow its name; "" where that is no news."""
    match order.status if order.kind in (Kind.SMS, Kind.EMAIL) else None:
        case Status.DELIVERED:
            return "delivered"
        case Status.FAILED:
            return "the server says that it failed"
        case Status.RETURNED:
            return "not sent, the server returned the money"
        case _:
            return ""
