"""A receive order as this machine knows it: frozen values, their states and deadlines. `life` says what follows what.

Times are wall-clock seconds of this machine (Unix time); amounts are whole sats.
"""

from dataclasses import dataclass
from enum import StrEnum

CANCEL_OPENS = 2 * 60
"""Seconds after which the server cancels on request (API docs: after 2 minutes; counted from `paid`)."""
NUMBER_DEAD = 20 * 60
"""Seconds after `paid` until which the number receives (API docs: 20 minutes)."""
MONEY_BACK = 21 * 60
"""Seconds after `paid` by which the money should be back (API docs: cancelled by itself after 21 minutes)."""


class Kind(StrEnum):
    """What was ordered. The value is what the journal stores."""

    RECEIVE = "receive"  # one code on a number
    RENT = "rent"  # a number for hours or weeks: it goes on receiving after a code
    SMS = "sms"  # a message to a phone
    EMAIL = "email"  # a message to an e-mail address
    FUND = "fund"  # sats for the account behind the API key


SENDING = frozenset({Kind.SMS, Kind.EMAIL})
"""The kinds whose outcome is a message that was sent."""


class Status(StrEnum):
    """The states a person needs told apart. The value is what the journal stores."""

    WAITING = "waiting"  # for the payment; the invoice is shown
    HELD = "held"  # paid, the payment is held; a number is being assigned
    NUMBER = "number"  # number assigned, waiting for the SMS
    CODE = "code"  # code received: the payment is settled
    SENT = "sent"  # the message was sent: the payment is settled; word of its delivery may follow, or never come
    DELIVERED = "delivered"  # the message has arrived
    FAILED = "failed"  # the message could not be sent
    FUNDED = "funded"  # the account's balance has risen
    RETURNED = "returned"  # the server said why; the money went back
    CANCELLED = "cancelled"  # asked for here and confirmed, or closed by the server before any payment
    EXPIRED = "expired"  # the invoice ran out unpaid
    UNKNOWN = "unknown"  # 21 minutes without the server's word, or it no longer knows a paid order


DONE = frozenset({Status.CODE, Status.SENT, Status.DELIVERED, Status.FUNDED})
"""States in which what was ordered has been had."""
ENDED = DONE | {Status.FAILED, Status.RETURNED, Status.CANCELLED, Status.EXPIRED}
"""States after which nothing more is expected (a rental goes on after its first code)."""


class Cancel(StrEnum):
    """How far the wish to cancel has come. The value is what the journal stores."""

    NO = "no"
    GIVEN_UP = "given-up"  # unpaid and unwanted: cancelled at the server as soon as it allows it
    ARMED = "armed"  # paid: sent as soon as the server allows it, 2 minutes after the payment
    SENT = "sent"  # the request is under way, or its answer was lost
    ACCEPTED = "accepted"  # the server said OK; a later status confirms it


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReply:
    """What one answer of `/orderstatus` says, decoded: empty, null, 0 and absent are None here.

    Attributes:
        country: the country in words, as the server calls it; the service likewise.
        sms_status: of a message: "created", "sent", "delivered" or "failed" (API docs), lower case; else None.
        at: the server's clock when it answered (Unix seconds, its `Date` header), None where it did not say.
        network: the invoice network of the server: "bc", or what a sandbox on loopback declared.
        node: the node key that a sandbox on loopback declared, else None.
    """

    paid: bool = False
    number: str | None = None
    code: str | None = None
    error: str | None = None
    country: str | None = None
    service: str | None = None
    sms_status: str | None = None
    at: float | None = None
    network: str = "bc"
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A fresh order as the server gave it.

    Attributes:
        order_id: the server's id (cleaned text, never empty).
        payreq: the invoice (cleaned text, possibly not an invoice at all); "" where it was paid from the balance.
        network: "bc", or what a sandbox on loopback declared.
        node: the payee's node key that a sandbox on loopback declared, else None.
        at: the server's clock when it answered (Unix seconds), None where it did not say.
        prepaid: it was paid from the balance: the server said "paid" instead of an invoice, or sent none.
    """

    order_id: str
    payreq: str
    network: str
    node: str | None
    at: float | None = None
    prepaid: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A code that was replaced by a further one, and when this machine saw it first."""

    code: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order as this machine knows it.

    Attributes:
        order_id: the server's id, by documentation the payment hash of `payreq` (64 hex digits).
        payreq: the BOLT 11 invoice as the server sent it (cleaned text); "" where only the id is known.
        country: the API's country number; 0 is Russia, 999 Auto-Select; None where the order was found, not made.
        service: the API's service code, such as "tg"; "" where the order was found.
        amount: sats that the invoice asks for; None where it cannot be read.
        quoted: sats of the price shown when the order was made; None where none was known.
        network: the invoice network to expect: "bc", or what the sandbox declares ("bcrt").
        node: the payee's node key (hex) that the sandbox declares; None for the real API.
        created_at: when this machine had the server's answer to createorder, or found the order.
        expires_at: when the invoice runs out, by the invoice's own clock; None where it cannot be read.
        paid_at: when this machine first saw `paid`; number_at, code_at, ended_at likewise.
        reason: what the server said when it ended the order, as it said it.
        note: the server's last refusal of a request about this order; gone with the next good answer.
        accepted: the user accepted what the invoice checks blocked until accepted.
        cancel_at: when the server accepted the cancellation.
        odd: what in the server's last answer contradicts what it said before; None where nothing does.
        gone: the server's last answer was that it does not know this order.
        skew: seconds that the server's clock is ahead of this machine's, 0 where they agree within a minute; None
            where the server never told the time.
        earlier: the codes before `code`, oldest first (a rental receives several).
        kind: what was ordered.
        prepaid: paid from the balance of the API key: there is no invoice, and no hold.
        real_phone: the number is to be a real phone's.
        ref: the Lightning address that earns from this order, "" for none.
        recipient: a phone number (E.164) or an e-mail address, of a message; else "".
        message: what is sent, of a message; else "".
        webhook: where the server posts what becomes of a message, "" for nowhere.
        balance: the account's balance in sats before a funding, None where it was not known.
        found: it was found by its id or invoice: when it was made and paid is not known here.
        removed: taken off the list by the user; the journal keeps it until it is purged by age.
    """

    order_id: str
    payreq: str
    country: int | None
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
    cancel_at: float | None = None
    odd: str | None = None
    gone: bool = False
    skew: float | None = None
    earlier: tuple[Received, ...] = ()
    kind: Kind = Kind.RECEIVE
    prepaid: bool = False
    real_phone: bool = False
    ref: str = ""
    recipient: str = ""
    message: str = ""
    webhook: str = ""
    balance: int | None = None
    found: bool = False
    removed: bool = False

    @property
    def rental(self) -> bool:
        """Whether the number goes on receiving after a code."""
        return self.kind is Kind.RENT

    @property
    def cancellable(self) -> bool:
        """Whether the server takes a cancellation of it at all (API docs: ids of `/createorder` only)."""
        return self.kind in (Kind.RECEIVE, Kind.RENT)

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected of it."""
        goes_on = self.rental and self.status is Status.CODE and self.ended_at is None
        return self.status in ENDED and not goes_on

    @property
    def forgotten(self) -> bool:
        """Whether it is a rental that received something and that the server does not know now: it may be over."""
        return self.rental and self.gone and self.status is Status.CODE and not self.ended

    @property
    def removable(self) -> bool:
        """Whether it may be taken off the list."""
        return self.ended or self.forgotten

    @property
    def open(self) -> bool:
        """Whether a person still waits for something here: followed, and not given up."""
        return not self.ended and self.cancel is not Cancel.GIVEN_UP

    @property
    def money_held(self) -> bool:
        """Whether money may be held behind it right now."""
        return self.status in (Status.HELD, Status.NUMBER, Status.UNKNOWN)

    @property
    def late_code(self) -> bool:
        """Whether its code came after the order had been called returned or cancelled, or its cancellation accepted."""
        if self.rental and self.ended_at is not None and self.code_at is not None and self.ended_at >= self.code_at:
            return False  # a rental that ended after its last code, as rentals do
        return self.status is Status.CODE and (self.reason is not None or self.cancel is Cancel.ACCEPTED)

    @property
    def cancel_opens_at(self) -> float:
        """When the server takes a cancellation: 2 minutes after the payment, or after the order while unpaid."""
        return (self.paid_at if self.paid_at is not None else self.created_at) + CANCEL_OPENS

    @property
    def number_dead_at(self) -> float | None:
        """When the number stops receiving; None while unpaid, and for a rental."""
        return None if self.paid_at is None or self.rental else self.paid_at + NUMBER_DEAD

    @property
    def money_back_at(self) -> float | None:
        """By when the money should be back where no code comes; None while unpaid, and for a rental."""
        return None if self.paid_at is None or self.rental else self.paid_at + MONEY_BACK

    @property
    def runs_out_at(self) -> float | None:
        """When the invoice runs out, by this machine's clock; None where that is not known."""
        return None if self.expires_at is None else self.expires_at - (self.skew or 0.0)

    def run_out(self, now: float) -> bool:
        """Whether the invoice has run out; `now` is this machine's clock, which may differ from the server's."""
        return self.runs_out_at is not None and now >= self.runs_out_at

    def payable(self, now: float) -> bool:
        """Whether its invoice may still be paid: known here and at the server, unpaid, wanted, not run out."""
        wanted = self.status is Status.WAITING and self.cancel is Cancel.NO
        return wanted and not self.gone and bool(self.payreq) and not self.run_out(now)
