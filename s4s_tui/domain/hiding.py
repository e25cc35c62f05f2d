"""Numbers and codes hidden from a look over the shoulder: pure. What is copied is the real text."""

from dataclasses import replace
from typing import Final

from s4s_tui.domain.order import Order

HIDDEN: Final = "••••"


def hidden(order: Order) -> Order:
    """The order as it is drawn: with a number and codes where it has some, but with none of them in it."""
    return replace(
        order,
        number=None if order.number is None else HIDDEN,
        code=None if order.code is None else HIDDEN,
        earlier=tuple(replace(received, code=HIDDEN) for received in order.earlier),
    )


def hides_something(order: Order) -> bool:
    """Whether there is anything to hide."""
    return order.number is not None or order.code is not None
