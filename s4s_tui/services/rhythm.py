"""How often an order is asked about, and which one first: pure functions of the order and the time, in seconds."""

import random
from typing import Final

from s4s_tui.domain.order import Cancel, Kind, Order, Status

NEW: Final = 10 * 60.0
"""Seconds for which an unpaid order, or one whose money is unknown, counts as new."""
HOUR: Final = 60 * 60.0
GIVEN_UP: Final = 15.0
AFTERCARE: Final = 10 * 60.0
"""Seconds for which an order that ended without a code is still asked about: late words happen."""
AFTERCARE_GAP: Final = 60.0
SENT: Final = 10.0
"""Seconds between two questions about a message that was sent and may still be called delivered."""
FUNDING: Final = 5.0
"""Seconds between two looks at the balance that is to rise."""
RENTAL: Final = 15.0
"""Seconds between two questions about a rental that has received something."""
HEAD_START: Final = 10.0
"""Seconds by which an order with money held goes before one without; no more, so that a payment is always noticed."""
NEAR: Final = 60.0
"""Seconds before a deadline in which an order goes before all others."""
FIRST: Final = 5 * 60.0
"""Seconds by which it does: even of 300 open orders it is asked about in time, and no other one waits for ever."""
HELD_STEPS: Final = (2.0, 3.0, 5.0)
"""Waits after the first, second and every further error in a row while money may be held."""
IDLE_STEPS: Final = (2.0, 3.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""The same where no money can be held; the last one is also the longest."""


def followed(order: Order, now: float) -> bool:
    """Whether it is asked about: until it has ended, and without a code for some minutes longer."""
    if not order.ended:
        return True
    over = order.status in (Status.CODE, Status.DELIVERED, Status.FUNDED)  # nothing can follow
    late = not over and order.ended_at is not None
    return late and 0 <= now - (order.ended_at or now) < AFTERCARE


def given_up(order: Order) -> bool:
    """Whether it is unpaid and the server is to cancel it; also while the answer to that request is out."""
    return order.status is Status.WAITING and order.cancel in (Cancel.GIVEN_UP, Cancel.SENT)


def armed(order: Order) -> bool:
    """Whether it is paid and the server is to cancel it as soon as it takes that."""
    return order.cancel is Cancel.ARMED and not order.ended


def interval(order: Order, now: float) -> float:
    """Seconds from a good answer to the next question."""
    if order.ended:
        return SENT if order.status is Status.SENT else AFTERCARE_GAP
    usual = _usual(order, now)
    if given_up(order) or armed(order):  # when it opens the order is asked about and cancelled
        left = order.cancel_opens_at - now
        return min(left, usual) if left > 0 else usual
    return usual


def _usual(order: Order, now: float) -> float:
    if order.kind is Kind.FUND:
        return _slowing(FUNDING, now - order.created_at)
    match order.status:
        case Status.HELD:
            return 2.0
        case Status.NUMBER:
            return 3.0
        case Status.CODE if order.forgotten:  # it may be over, and no word of that may ever come
            return _slowing(AFTERCARE_GAP, now - (order.code_at or now))
        case Status.CODE:
            return RENTAL
        case Status.UNKNOWN:
            return _slowing(10.0, now - (order.money_back_at or now))
        case _ if given_up(order):
            return GIVEN_UP
        case _:
            return _slowing(2.0, now - order.created_at)


def _slowing(first: float, age: float) -> float:
    """`first` while it is new, then ever rarer: a minute after an hour, five minutes after a day's quarter."""
    if age < NEW:
        return first
    return 10.0 if age < HOUR and first < 10 else 60.0 if age < 6 * HOUR else 300.0


def back_off(order: Order, failures: int, now: float, rng: random.Random) -> float:
    """Seconds from an error to the next question, ± 20 %; `failures` in a row, this one included (at least 1)."""
    steps = HELD_STEPS if may_be_held(order, now) else IDLE_STEPS
    return min(steps[min(failures, len(steps)) - 1] * rng.uniform(0.8, 1.2), IDLE_STEPS[-1])


def may_be_held(order: Order, now: float) -> bool:
    """Whether money may be held behind it: paid, or so new that a payment may arrive."""
    return order.money_held or (order.status is Status.WAITING and now - order.created_at < NEW)


def rank(order: Order, due: float, now: float) -> float:
    """The order in which due orders have their turn, smallest first; `due` is monotonic, `now` the wall clock."""
    if deadline_near(order, now):
        return due - FIRST
    return due - HEAD_START if order.money_held else due


def deadline_near(order: Order, now: float) -> bool:
    """Whether something is about to be over: a cancellation opens, a number dies, the money should be back."""
    if order.ended:
        return False
    opens = order.cancel_opens_at if given_up(order) or armed(order) else None
    return any(at is not None and 0 <= at - now < NEAR for at in (opens, order.number_dead_at, order.money_back_at))
