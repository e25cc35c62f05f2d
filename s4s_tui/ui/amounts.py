"""How a sentence speaks of an order's amount: pure, no Textual."""

from s4s_tui.domain.order import Order
from s4s_tui.ui.text import sats


def amount_of(order: Order, unknown: str = "your payment") -> str:
    """The amount within a sentence; `unknown` where it is not known."""
    return unknown if order.amount is None else sats(order.amount)


def begins_with(order: Order, unknown: str = "your payment") -> str:
    """The amount at the beginning of a sentence."""
    amount = amount_of(order, unknown)
    return amount[:1].upper() + amount[1:]


def is_or_are(order: Order) -> str:
    """The verb that goes with the amount."""
    return "is" if order.amount in (None, 1) else "are"
