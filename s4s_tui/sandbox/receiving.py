"""Receiving one code on a number.

HELD ──number──▶ NUMBER ──code──▶ SETTLED
 │ none to be had   │ 21 minutes
 ▼                  ▼
NO_NUMBER         NO_CODE          (and CANCELLED from 2 minutes on)
"""

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Self

from s4s_tui.sandbox.orders import OPEN, Phase, SandboxOrder, cannot_cancel

CANCEL_OPENS = 2 * 60
"""Seconds of life from which an order can be cancelled (API docs: after 2 minutes)."""
NUMBER_DEAD = 20 * 60
"""Seconds of life after the payment at which the number stops receiving (API docs: 20 minutes)."""
MONEY_BACK = 21 * 60
"""Seconds of life after the payment at which the money is returned (API docs: cancelled by itself after 21 minutes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will happen to an order once it is paid, drawn when it is made.

    Attributes:
        number: digits with country prefix, without +; None where none is to be had.
        number_after: seconds of life from the payment to the number, or to the word that there is none.
        code: what the SMS will say.
        code_after: seconds of life from the number to the code; None is never.
    """

    number: str | None
    number_after: float
    code: str
    code_after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOrder(SandboxOrder):
    """An order for a number, for one code or for hours.

    Attributes:
        activation: the API's numeric `id`.
        country: the country number that was ordered.
        service: the service code that was ordered.
        ref: the Lightning address that earns from it, "" for none.
    """

    activation: int
    country: int
    service: str
    ref: str = ""

    @abstractmethod
    def number(self, now: float) -> str | None:
        """The number, once it was assigned."""

    @abstractmethod
    def code(self, now: float) -> str | None:
        """What was received last."""

    @property
    @abstractmethod
    def cancellable(self) -> frozenset[Phase]:
        """The phases in which it can be cancelled."""

    def cancel(self, now: float) -> Self:
        """The cancelled order.

        Raises:
            Refusal: less than 2 minutes of life since the payment (unpaid: since the order), or too late.
        """
        bill = self.bill
        paid_at = bill.paid_at if bill.paid(now) else None
        since = bill.created_at if paid_at is None else paid_at
        if self.phase(now) not in self.cancellable or (now - since) * bill.speed < CANCEL_OPENS:
            raise cannot_cancel()
        return replace(self, bill=replace(bill, cancelled_at=now, paid_at=paid_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveOrder(NumberOrder):
    """An order for one code.

    Attributes:
        plan: what will happen.
        real_phone: a real phone's number was ordered.
    """

    plan: Plan
    real_phone: bool = False

    @property
    def cancellable(self) -> frozenset[Phase]:
        """The phases in which it can be cancelled: until the code has come."""
        return OPEN

    def number(self, now: float) -> str | None:
        """The number, once it was assigned."""
        due = self.plan.number_after
        return self.plan.number if due < NUMBER_DEAD and self.bill.lived(now) >= due else None

    def code(self, now: float) -> str | None:
        """The code, once it has come: within the number's 20 minutes or not at all."""
        if self.plan.number is None or self.plan.code_after is None:
            return None
        due = self.plan.number_after + self.plan.code_after
        return self.plan.code if due < NUMBER_DEAD and self.bill.lived(now) >= due else None

    def after_payment(self, now: float) -> Phase:
        """Where the paid order stands."""
        lived = self.bill.lived(now)
        if self.code(now) is not None:
            return Phase.SETTLED
        if self.plan.number is None and lived >= self.plan.number_after:
            return Phase.NO_NUMBER
        if lived >= MONEY_BACK:
            return Phase.NO_CODE
        return Phase.HELD if self.number(now) is None else Phase.NUMBER
