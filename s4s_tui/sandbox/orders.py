"""The life of an order behind a hold invoice: frozen values, computed from times alone.

    UNPAID ──payment──▶ HELD ──number──▶ NUMBER ──code──▶ SETTLED
       │ expiry           │ none to be had  │ 21 minutes
       ▼                  ▼                 ▼
    EXPIRED            NO_NUMBER         NO_CODE          (and CANCELLED from 2 minutes on)

Points in time are wall-clock seconds of this machine; a life's own seconds pass `Plan.speed` times as fast.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

CANCEL_OPENS = 2 * 60
"""Seconds of life from which an order can be cancelled (API docs: after 2 minutes)."""
NUMBER_DEAD = 20 * 60
"""Seconds of life after the payment at which the number stops receiving (API docs: 20 minutes)."""
MONEY_BACK = 21 * 60
"""Seconds of life after the payment at which the money is returned (API docs: cancelled by itself after 21 minutes)."""


class Refusal(Exception):
    """A request that the sandbox answers with `{"status": "error", "reason": …}`.

    Attributes:
        http_status: the HTTP status code of the answer.
    """

    def __init__(self, reason: str, *, http_status: int) -> None:
        super().__init__(reason)
        self.http_status = http_status


class Phase(Enum):
    """Where an order stands."""

    UNPAID = auto()
    HELD = auto()
    NUMBER = auto()
    SETTLED = auto()
    NO_NUMBER = auto()
    NO_CODE = auto()
    CANCELLED = auto()
    EXPIRED = auto()


OPEN = frozenset({Phase.UNPAID, Phase.HELD, Phase.NUMBER})
"""The phases in which something can still happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will happen to an order once it is paid, drawn when it is made.

    Attributes:
        number: digits with country prefix, without +; None where none is to be had.
        number_after: seconds of life from the payment to the number, or to the word that there is none.
        code: what the SMS will say.
        code_after: seconds of life from the number to the code; None is never.
        speed: seconds of life in one real second.
    """

    number: str | None
    number_after: float
    code: str
    code_after: float | None
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOrder:
    """One order as the sandbox keeps it.

    Attributes:
        order_id: the payment hash of the invoice, 64 hex digits (documentation's sample: the two are equal).
        payreq: the signed invoice.
        activation: the API's numeric `id`.
        country: the country number that was ordered.
        service: the service code that was ordered.
        created_at: when it was made.
        expires_at: when the invoice runs out.
        plan: what will happen.
        paid_at: when it was paid, or will be by itself; None while nobody is to.
        cancelled_at: when it was cancelled, None where it was not.
    """

    order_id: str
    payreq: str
    activation: int
    country: int
    service: str
    created_at: float
    expires_at: float
    plan: Plan
    paid_at: float | None = None
    cancelled_at: float | None = None

    def paid(self, now: float) -> bool:
        """Whether the payment has arrived; stays true when it has gone back (API docs)."""
        return self.paid_at is not None and now >= self.paid_at

    def number(self, now: float) -> str | None:
        """The number, once it was assigned."""
        due = self.plan.number_after
        return self.plan.number if due < NUMBER_DEAD and self._lived(now) >= due else None

    def code(self, now: float) -> str | None:
        """The code, once it has come: within the number's 20 minutes or not at all."""
        if self.plan.number is None or self.plan.code_after is None:
            return None
        due = self.plan.number_after + self.plan.code_after
        return self.plan.code if due < NUMBER_DEAD and self._lived(now) >= due else None

    def phase(self, now: float) -> Phase:
        """Where the order stands at this moment."""
        if self.cancelled_at is not None:
            return Phase.CANCELLED
        if not self.paid(now):
            return Phase.EXPIRED if now >= self.expires_at else Phase.UNPAID
        if self.code(now) is not None:
            return Phase.SETTLED
        if self.plan.number is None and self._lived(now) >= self.plan.number_after:
            return Phase.NO_NUMBER
        if self._lived(now) >= MONEY_BACK:
            return Phase.NO_CODE
        return Phase.HELD if self.number(now) is None else Phase.NUMBER

    def cancel(self, now: float) -> "SandboxOrder":
        """The cancelled order.

        Raises:
            Refusal: less than 2 minutes of life since the payment (unpaid: since the order), or ended already.
        """
        since = self.paid_at if self.paid_at is not None and self.paid(now) else self.created_at
        if self.phase(now) not in OPEN or (now - since) * self.plan.speed < CANCEL_OPENS:
            raise Refusal("unable to save data", http_status=500)
        return replace(self, cancelled_at=now, paid_at=self.paid_at if self.paid(now) else None)

    def _lived(self, now: float) -> float:
        """Seconds of life since the payment until now or the cancellation; negative where there was no payment."""
        if self.paid_at is None:
            return -1.0
        end = now if self.cancelled_at is None else self.cancelled_at
        return (end - self.paid_at) * self.plan.speed
