"""Renting a number that receives one message after the other.

HELD ──number──▶ NUMBER (messages come; settled) ──the rented time──▶ OVER
 │ none to be had
 ▼
NO_NUMBER                      (and CANCELLED, before there is a number)
"""

from dataclasses import dataclass

from s4s_tui.sandbox.orders import OPEN, Phase
from s4s_tui.sandbox.receiving import NUMBER_DEAD, NumberOrder

RENTED = 4 * 3600.0
"""Seconds of life from the number to the end of the rental (API docs: "unlimited SMS for 4 hours")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RentalPlan:
    """What will happen to a rental once it is paid, drawn when it is made.

    Attributes:
        number: digits with country prefix, without +; None where none is to be had.
        number_after: seconds of life from the payment to the number, or to the word that there is none.
        messages: seconds of life from the number, and what comes then; in the order of their coming, all different.
    """

    number: str | None
    number_after: float
    messages: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RentalOrder(NumberOrder):
    """An order for a number to rent.

    Attributes:
        plan: what will happen.
    """

    plan: RentalPlan

    @property
    def cancellable(self) -> frozenset[Phase]:
        """The phases in which it can be cancelled: once there is a number, a rental is not given back."""
        return OPEN - {Phase.NUMBER}

    def number(self, now: float) -> str | None:
        """The number, once it was assigned; it stays visible when the rental is over."""
        return None if self._rented(now) < 0 else self.plan.number

    def code(self, now: float) -> str | None:
        """The newest message that came in the rented time."""
        rented = self._rented(now)
        come = [text for due, text in self.plan.messages if due <= min(rented, RENTED)]
        return come[-1] if come else None

    def after_payment(self, now: float) -> Phase:
        """Where the paid rental stands."""
        rented = self._rented(now)
        if rented >= 0:
            return Phase.OVER if rented >= RENTED else Phase.NUMBER
        return Phase.HELD if self.bill.lived(now) < min(self.plan.number_after, NUMBER_DEAD) else Phase.NO_NUMBER

    def _rented(self, now: float) -> float:
        """Seconds of life since the number was assigned; negative where it was not."""
        if self.plan.number is None or self.plan.number_after >= NUMBER_DEAD:
            return -1.0
        return self.bill.lived(now) - self.plan.number_after
