"""The states of an order in words, each with its symbol: pure, no Textual.

The one rule behind them: nothing is said about money that the server did not say (held only after `paid`,
returned only after its error, cancelled only after its confirmation).
"""

from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.text import sats

_STATE = {
    Status.WAITING: ("○", "Waiting for payment"),
    Status.HELD: ("◌", "Assigning a number"),
    Status.NUMBER: ("◌", "Waiting for the SMS"),
    Status.CODE: ("✓", "Code received"),
    Status.RETURNED: ("↩", "Returned"),
    Status.CANCELLED: ("✗", "Cancelled"),
    Status.EXPIRED: ("✗", "Invoice expired"),
    Status.UNKNOWN: ("?", "Unknown"),
}


def state_words(order: Order) -> tuple[str, str]:
    """A symbol and the state in words, for one line of a list."""
    has_a_name = order.ended or order.status is Status.UNKNOWN  # unknown is called so, whatever was asked for
    if not has_a_name and order.cancel in (Cancel.SENT, Cancel.ACCEPTED):
        return "◌", "Cancelling"
    if order.status is Status.WAITING and order.cancel is Cancel.GIVEN_UP:
        return "✗", "Given up"
    return _STATE[order.status]


def money_words(order: Order) -> str:
    """Where the money is, in one or two sentences."""
    amount = sats(order.amount) if order.amount is not None else "The amount"
    match order.status:
        case Status.WAITING if order.cancel is Cancel.NO:
            return "Free until you pay. When you pay, nothing is spent until the code arrives."
        case Status.WAITING:
            return "Nothing was paid as far as the server says. Do not pay this invoice any more."
        case Status.HELD | Status.NUMBER:
            return (
                f"Held, not spent: {amount}. You are charged only when the code arrives. "
                "Your wallet keeps showing this payment as pending. That is normal. Do not pay twice."
            )
        case Status.CODE:
            return f"{amount} settled."
        case Status.RETURNED:
            return f"{amount} went back to your wallet; it may take a minute to show it."
        case Status.CANCELLED if order.paid_at is not None:
            return f"Released: {amount} went back to your wallet; it may take a minute to show it."
        case Status.CANCELLED | Status.EXPIRED:
            return "Nothing was paid, so nothing is lost."
        case Status.UNKNOWN:
            return (
                f"{amount}: whether it went back is unknown, the server has not said. It is asked on. "
                "A hold that nobody settles ends by itself, at worst in a day or two."
            )


def place_words(order: Order) -> str:
    """What was ordered and where: "Telegram · Germany"."""
    return f"{order.service_name} · {order.country_name}"


def unpaid_question(unpaid: int) -> str:
    """Why another order is asked about while `unpaid` ones wait for their payment."""
    return (
        f"{unpaid} orders wait for their payment already. Each is asked about every few seconds, and what nobody pays "
        "costs the service. Pay some or give them up (x) first, or order all the same?"
    )
