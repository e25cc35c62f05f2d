"""The life of an order, whatever its kind: frozen values, computed from times alone.

    UNPAID ──payment──▶ what its kind says (receiving.py, rental.py, sending.py, funding.py)
       │ expiry
       ▼
    EXPIRED

Points in time are wall-clock seconds of this machine; a life's own seconds pass `Bill.speed` times as fast.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Self


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
    SETTLED = auto()  # a code has come, or the account has been funded
    SENT = auto()
    DELIVERED = auto()
    FAILED = auto()
    NO_NUMBER = auto()
    NO_CODE = auto()
    OVER = auto()  # the end of a rental
    CANCELLED = auto()
    EXPIRED = auto()


OPEN = frozenset({Phase.UNPAID, Phase.HELD, Phase.NUMBER})
"""The phases in which the money can still go either way."""
RETURNED = frozenset({Phase.NO_NUMBER, Phase.NO_CODE, Phase.FAILED, Phase.CANCELLED})
"""The phases in which the money has gone back: a hold invoice was let go, or the balance has it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What an order costs and how it is paid.

    Attributes:
        order_id: the payment hash of the invoice, 64 hex digits (documentation's sample: the two are equal).
        payreq: the signed invoice, "" where the order was paid from a balance.
        price: sats.
        created_at: when the order was made.
        expires_at: when the invoice runs out.
        speed: seconds of life in one real second.
        account: digest of the API key whose balance the order takes from or adds to, "" for none.
        preimage: 64 hex digits; "" where an earlier version did not keep it.
        paid_at: when it was paid, or will be by itself; None while nobody is to.
        cancelled_at: when it was cancelled, None where it was not.
        refund_after: seconds of life after which the money goes back by itself, None where nothing says so.
    """

    order_id: str
    payreq: str
    price: int
    created_at: float
    expires_at: float
    speed: float
    account: str = ""
    preimage: str = field(default="", repr=False)
    paid_at: float | None = None
    cancelled_at: float | None = None
    refund_after: float | None = None

    def paid(self, now: float) -> bool:
        """Whether the payment has arrived; stays true when it has gone back (API docs)."""
        return self.paid_at is not None and now >= self.paid_at

    def lived(self, now: float) -> float:
        """Seconds of life since the payment until now or the cancellation; negative where there was no payment."""
        if self.paid_at is None:
            return -1.0
        end = now if self.cancelled_at is None else self.cancelled_at
        return (end - self.paid_at) * self.speed


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOrder(ABC):
    """One order as the sandbox keeps it; each kind says what follows its payment.

    Attributes:
        bill: what it costs and how it is paid.
    """

    bill: Bill

    @property
    def order_id(self) -> str:
        """The id that the buyer was given."""
        return self.bill.order_id

    @abstractmethod
    def after_payment(self, now: float) -> Phase:
        """Where the paid order stands at this moment, had it not been cancelled."""

    def phase(self, now: float) -> Phase:
        """Where the order stands at this moment."""
        if self.bill.cancelled_at is not None:
            return Phase.CANCELLED
        if not self.bill.paid(now):
            return Phase.EXPIRED if now >= self.bill.expires_at else Phase.UNPAID
        if self.bill.refund_after is not None and self.bill.lived(now) >= self.bill.refund_after:
            return Phase.CANCELLED
        return self.after_payment(now)

    def balance_change(self, now: float) -> int:
        """Sats that the balance of `Bill.account` has more because of this order; negative where it has less."""
        return 0 if not self.bill.account or self.phase(now) in RETURNED else -self.bill.price

    def pay(self, at: float) -> Self:
        """The order with its payment held."""
        return replace(self, bill=replace(self.bill, paid_at=at))

    def cancel(self, now: float) -> Self:  # noqa: ARG002 -- the kinds that can be cancelled need the moment
        """The cancelled order.

        Raises:
            Refusal: too early or too late, or nothing cancels its kind (API docs: ids of `/createorder` only).
        """
        raise cannot_cancel()


def cannot_cancel() -> Refusal:
    """What is answered to a cancellation that is not taken, whatever the reason (API docs)."""
    return Refusal("unable to save data", http_status=500)
