"""The life of a receive order: frozen values and the pure rules of what may follow what.

    WAITING ──paid──▶ HELD ──number──▶ NUMBER ──code──▶ CODE (settled)
       │                │                 │
       │ expired        ├─────error───────┴──────────▶ RETURNED (the server's reason)
       ▼                ├─────cancel accepted────────▶ CANCELLED
    EXPIRED             └─────21 min, no word────────▶ UNKNOWN (polled on; any later word decides)

Times are wall-clock seconds of this machine (Unix time); amounts are whole sats. A code or number once seen is
never lost, and nothing is called returned, cancelled or expired before the server said something that means so.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

CANCEL_OPENS = 2 * 60
"""Seconds after which the server cancels on request (API docs: after 2 minutes; counted from `paid`)."""
NUMBER_DEAD = 20 * 60
"""Seconds after `paid` until which the number receives (API docs: 20 minutes)."""
MONEY_BACK = 21 * 60
"""Seconds after `paid` by which the money should be back (API docs: cancelled by itself after 21 minutes)."""


class Status(StrEnum):
    """The states a person needs told apart. The value is what the journal stores."""

    WAITING = "waiting"  # for the payment; the invoice is shown
    HELD = "held"  # paid, the payment is held; a number is being assigned
    NUMBER = "number"  # number assigned, waiting for the SMS
    CODE = "code"  # code received: the payment is settled
    RETURNED = "returned"  # the server said why; the money went back
    CANCELLED = "cancelled"  # asked for here and confirmed, or closed by the server before any payment
    EXPIRED = "expired"  # the invoice ran out unpaid
    UNKNOWN = "unknown"  # 21 minutes without the server's word: where the money is, is not known


ENDED = frozenset({Status.CODE, Status.RETURNED, Status.CANCELLED, Status.EXPIRED})
"""States after which nothing is asked any more."""


class Cancel(StrEnum):
    """How far the wish to cancel has come. The value is what the journal stores."""

    NO = "no"
    GIVEN_UP = "given-up"  # unpaid and unwanted: cancelled at the server as soon as it allows it
    SENT = "sent"  # the request is under way, or its answer was lost
    ACCEPTED = "accepted"  # the server said OK; the next status confirms it


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReply:
    """What one answer of `/orderstatus` says, decoded: empty, null, 0 and absent are None here."""

    paid: bool = False
    number: str | None = None
    code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A fresh order as the server gave it.

    Attributes:
        order_id: the server's id (cleaned text, never empty).
        payreq: the invoice (cleaned text, possibly not an invoice at all).
        network: "bc", or what a sandbox on loopback declared.
        node: the payee's node key that a sandbox on loopback declared, else None.
    """

    order_id: str
    payreq: str
    network: str
    node: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order as this machine knows it.

    Attributes:
        order_id: the server's id, by documentation the payment hash of `payreq` (64 hex digits).
        payreq: the BOLT 11 invoice as the server sent it (cleaned text).
        country: the API's country number; 0 is Russia, 999 Auto-Select.
        service: the API's service code, such as "tg".
        amount: sats that the invoice asks for; None where it cannot be read.
        quoted: sats of the price shown when the order was made; None where none was known.
        network: the invoice network to expect: "bc", or what the sandbox declares ("bcrt").
        node: the payee's node key (hex) that the sandbox declares; None for the real API.
        created_at: when this machine had the server's answer to createorder.
        expires_at: when the invoice runs out; None where it cannot be read.
        paid_at: when this machine first saw `paid`; number_at, code_at, ended_at likewise.
        reason: what the server said when it ended the order, as it said it.
        note: the server's last refusal of a request about this order; gone with the next good answer.
        accepted: the user accepted what the invoice checks blocked until accepted.
    """

    order_id: str
    payreq: str
    country: int
    country_name: str
    service: str
    service_name: str
    amount: int | None
    quoted: int | None
    network: str
    node: str | None
    created_at: float
    expires_at: float | None
    status: Status = Status.WAITING
    paid_at: float | None = None
    number: str | None = None
    number_at: float | None = None
    code: str | None = None
    code_at: float | None = None
    ended_at: float | None = None
    reason: str | None = None
    note: str | None = None
    cancel: Cancel = Cancel.NO
    accepted: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing is asked about it any more."""
        return self.status in ENDED

    @property
    def open(self) -> bool:
        """Whether a person still waits for something here: followed, and not given up."""
        return not self.ended and self.cancel is not Cancel.GIVEN_UP

    @property
    def money_held(self) -> bool:
        """Whether money may be held behind it right now."""
        return self.status in (Status.HELD, Status.NUMBER, Status.UNKNOWN)

    @property
    def cancel_opens_at(self) -> float:
        """When the server takes a cancellation: 2 minutes after the payment, or after the order while unpaid."""
        return (self.paid_at if self.paid_at is not None else self.created_at) + CANCEL_OPENS

    @property
    def number_dead_at(self) -> float | None:
        """When the number stops receiving; None while unpaid."""
        return None if self.paid_at is None else self.paid_at + NUMBER_DEAD

    @property
    def money_back_at(self) -> float | None:
        """By when the money should be back where no code comes; None while unpaid."""
        return None if self.paid_at is None else self.paid_at + MONEY_BACK

    def payable(self, now: float) -> bool:
        """Whether its invoice may still be paid: unpaid, wanted, and not run out."""
        in_time = self.expires_at is None or now < self.expires_at
        return self.status is Status.WAITING and self.cancel is Cancel.NO and in_time


def advance(order: Order, reply: OrderReply, now: float) -> Order:
    """The order after the server's answer (API docs: error decides, then code, number, paid, unpaid).

    An order without news comes back as the same object.
    """
    seen = _with_facts(order, reply, now)
    if order.ended:
        seen = _late(order, seen, reply, now)
    elif reply.error is not None:
        seen = _closed(seen, reply.error, now)
    elif seen.code is not None:
        seen = _ended(seen, Status.CODE, now)
    elif seen.cancel is Cancel.ACCEPTED:
        seen = _ended(seen, Status.CANCELLED, now)
    elif seen.paid_at is not None:
        open_status = Status.HELD if seen.number is None else Status.NUMBER
        seen = clock(_with_status(seen, open_status), now)
    elif order.expires_at is not None and now >= order.expires_at:
        # Only a word of the server from after the expiry: a payment begun just before may still arrive.
        seen = _ended(seen, Status.EXPIRED, now)
    return order if seen == order else seen


def clock(order: Order, now: float) -> Order:
    """The order as time alone changes it: after 21 minutes without the server's word its money is unknown."""
    late = order.money_back_at is not None and now >= order.money_back_at
    return replace(order, status=Status.UNKNOWN) if late and order.money_held else order


def refused(order: Order, reason: str) -> Order:
    """The order after a request about it was refused: nothing changes but the note."""
    return order if order.note == reason else replace(order, note=reason)


def give_up(order: Order) -> Order:
    """The order when an unpaid one is no longer wanted; every other order comes back unchanged."""
    wanted = order.status is Status.WAITING and order.cancel is Cancel.NO
    return replace(order, cancel=Cancel.GIVEN_UP, note=None) if wanted else order


def want_again(order: Order) -> Order:
    """The order when giving up is taken back before it was sent."""
    return replace(order, cancel=Cancel.NO) if order.cancel is Cancel.GIVEN_UP else order


def cancel_sent(order: Order) -> Order:
    """The order when the cancellation is about to be sent."""
    return order if order.ended else replace(order, cancel=Cancel.SENT, note=None)


def cancel_accepted(order: Order) -> Order:
    """The order when the server said OK to the cancellation: not yet cancelled, the next status confirms."""
    return order if order.ended else replace(order, cancel=Cancel.ACCEPTED)


def cancel_refused(order: Order, reason: str) -> Order:
    """The order when the server refused the cancellation: it goes on, an unpaid one stays given up."""
    if order.ended:
        return order
    back = Cancel.GIVEN_UP if order.status is Status.WAITING else Cancel.NO
    return replace(order, cancel=back, note=reason)


def _with_facts(order: Order, reply: OrderReply, now: float) -> Order:
    """The order with what the reply adds: first sight of paid, number and code; the note is answered."""
    facts = replace(order, note=None)
    if (reply.paid or reply.number or reply.code) and order.paid_at is None:
        facts = replace(facts, paid_at=now)
        if order.cancel is Cancel.GIVEN_UP:  # the payment is the later will
            facts = replace(facts, cancel=Cancel.NO)
    if reply.number is not None and reply.number != order.number:
        facts = replace(facts, number=reply.number, number_at=now)
    if reply.code is not None and reply.code != order.code:
        facts = replace(facts, code=reply.code, code_at=now)
    return facts


def _late(order: Order, seen: Order, reply: OrderReply, now: float) -> Order:
    """An ended order after one more answer: only a code, or a payment nobody expected, changes how it ended."""
    if order.status is Status.CODE:
        return seen
    paid_after_all = order.paid_at is None and seen.paid_at is not None
    if reply.error is not None:
        return _closed(seen, reply.error, now) if paid_after_all else seen
    if seen.code is not None:
        return _ended(seen, Status.CODE, now)
    if paid_after_all:  # the payment is the later will: an earlier cancellation does not end the order again
        status = Status.HELD if seen.number is None else Status.NUMBER
        return replace(seen, status=status, ended_at=None, reason=None, cancel=Cancel.NO)
    return seen


def _closed(order: Order, error: str, now: float) -> Order:
    """The order that the server ended with an error: returned where money was paid, else cancelled or expired."""
    if order.cancel in (Cancel.SENT, Cancel.ACCEPTED):
        status = Status.CANCELLED
    elif order.paid_at is not None:
        status = Status.RETURNED
    elif order.expires_at is not None and now >= order.expires_at:
        status = Status.EXPIRED
    else:
        status = Status.CANCELLED
    return replace(_ended(order, status, now), reason=error)


def _ended(order: Order, status: Status, now: float) -> Order:
    at = order.ended_at if order.status is status and order.ended_at is not None else now
    return replace(order, status=status, ended_at=at)


def _with_status(order: Order, status: Status) -> Order:
    return order if order.status is status else replace(order, status=status)
