"""The clocks of an order: the one that ticks, and the others as times of day. Pure, no Textual."""

from dataclasses import dataclass

from s4s_tui.domain.order import CANCEL_OPENS, MONEY_BACK, NUMBER_DEAD, Cancel, Order, Status
from s4s_tui.ui.text import time_of_day

_AT_ONCE = 5.0
"""Seconds after an order was found in which a payment that is seen was made before."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The one clock that ticks.

    Attributes:
        words: what is over then.
        at: when (Unix seconds).
        tail: what is said behind the time.
        most: seconds that are shown at the most: a machine's clock that was set back makes no wait longer.
    """

    words: str
    at: float
    tail: str = ""
    most: float = float("inf")

    def left(self, now: float) -> float:
        """Seconds to show at `now`; never negative."""
        return max(0.0, min(self.at - now, self.most))


def paid_before(order: Order) -> bool:
    """Whether it was found when it was paid already, so that nobody here knows how long ago."""
    return order.found and order.paid_at is not None and order.paid_at - order.created_at < _AT_ONCE


def deadline(order: Order, now: float) -> Deadline | None:
    """The next deadline that matters; an unpaid order has the invoice's own expiry and no other clock."""
    if order.status is Status.WAITING:
        return _unpaid(order, now)
    if order.number_dead_at is None or order.money_back_at is None or order.status not in (Status.HELD, Status.NUMBER):
        return None
    if order.cancel is Cancel.ARMED and now < order.cancel_opens_at:
        return Deadline("The cancellation is sent in", order.cancel_opens_at, most=CANCEL_OPENS)
    at_most = " at most" if paid_before(order) else ""
    if order.status is Status.NUMBER and now < order.number_dead_at:
        return Deadline(f"The number works for{at_most}", order.number_dead_at, most=NUMBER_DEAD)
    if now < order.money_back_at:
        words = f"If nothing comes, the money should be back in{at_most}"
        return Deadline(words, order.money_back_at, most=MONEY_BACK)
    return None


def _unpaid(order: Order, now: float) -> Deadline | None:
    if order.cancel is Cancel.GIVEN_UP and now < order.cancel_opens_at:
        return Deadline("The server is told in", order.cancel_opens_at, most=CANCEL_OPENS)
    if order.runs_out_at is None or not order.payable(now):
        return None
    until = time_of_day(order.runs_out_at, now, with_seconds=False)
    return Deadline("Payable for", order.runs_out_at, f"until {until}")


def other_times(order: Order, now: float) -> str:
    """The other deadlines as times of day."""
    dead, back = order.number_dead_at, order.money_back_at
    if order.status not in (Status.HELD, Status.NUMBER) or dead is None or back is None:
        return ""
    lines = []
    opens = now < order.cancel_opens_at
    if order.status is Status.NUMBER:
        if order.cancel is Cancel.ARMED and opens and now < dead:
            until = time_of_day(min(dead, now + NUMBER_DEAD), now, with_seconds=False)
            lines.append(f"The number works until {until}.")
        by = time_of_day(min(back, now + MONEY_BACK), now, with_seconds=False)
        lines.append(f"If no code comes, the money should be back by {by}.")
    if opens and order.cancel is Cancel.NO:
        lines.append(f"x cancels from {time_of_day(order.cancel_opens_at, now)}.")
    return " ".join(lines)
