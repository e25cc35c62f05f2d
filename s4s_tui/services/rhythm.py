"""How often an order is asked about: pure functions of the order and the time. Everything in seconds."""

import random
from typing import Final

from s4s_tui.domain.order import Cancel, Order, Status

NEW: Final = 10 * 60.0
"""Seconds for which an unpaid order, or one whose money is unknown, counts as new."""
HOUR: Final = 60 * 60.0
GIVEN_UP: Final = 15.0
HEAD_START: Final = 10.0
"""Seconds by which an order with money held goes before one without; no more, so that a payment is always noticed."""
HELD_STEPS: Final = (2.0, 3.0, 5.0)
"""Waits after the first, second and every further error in a row while money may be held."""
IDLE_STEPS: Final = (2.0, 3.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""The same where no money can be held; the last one is also the longest."""


def given_up(order: Order) -> bool:
    """Whether it is unpaid and the server is to cancel it; also while the answer to that request is out."""
    return order.status is Status.WAITING and order.cancel in (Cancel.GIVEN_UP, Cancel.SENT)


def interval(order: Order, now: float) -> float:
    """Seconds from a good answer to the next question."""
    match order.status:
        case Status.HELD:
            return 2.0
        case Status.NUMBER:
            return 3.0
        case Status.UNKNOWN:
            return 10.0 if now - (order.money_back_at or now) < NEW else 60.0
        case _ if given_up(order):
            left = order.cancel_opens_at - now  # when it opens the order is asked about and cancelled
            return min(left, GIVEN_UP) if left > 0 else GIVEN_UP
        case _:
            age = now - order.created_at
            return 2.0 if age < NEW else 10.0 if age < HOUR else 60.0


def back_off(order: Order, failures: int, now: float, rng: random.Random) -> float:
    """Seconds from an error to the next question, ± 20 %; `failures` in a row, this one included (at least 1)."""
    steps = HELD_STEPS if may_be_held(order, now) else IDLE_STEPS
    return min(steps[min(failures, len(steps)) - 1] * rng.uniform(0.8, 1.2), IDLE_STEPS[-1])


def may_be_held(order: Order, now: float) -> bool:
    """Whether money may be held behind it: paid, or so new that a payment may arrive."""
    return order.money_held or (order.status is Status.WAITING and now - order.created_at < NEW)


def rank(order: Order, due: float) -> float:
    """The order in which due orders have their turn, smallest first; `due` is on the monotonic clock."""
    return due - HEAD_START if order.money_held else due
