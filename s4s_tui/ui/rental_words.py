"""A rental in words: its state, its money, how long it lasts, what it has received. Pure, no Textual.

API docs do not say when the money of a rental is taken nor when exactly it ends; a tutorial calls rentals not
refundable. So once there is a number the money counts as spent, and only the server's word ends a rental.
"""

from dataclasses import dataclass

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.text import sats, time_of_day

WARNING = "Rentals are not refundable, and for some services they often fail: the number may receive nothing."
"""What has to be read before a rental is ordered."""
_DAY = 24 * 3600.0
_WEEK = 7 * _DAY


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a rented number received, and when this machine saw it first (Unix seconds)."""

    text: str
    at: float

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


def received(order: Order) -> tuple[Message, ...]:
    """All that came, newest first."""
    if order.code is None:
        return ()
    latest = Message(order.code, order.created_at if order.code_at is None else order.code_at)
    return (latest, *(Message(one.code, one.at) for one in reversed(order.earlier)))


def has_number(order: Order) -> bool:
    """Whether it is, or was, a number that receives: what follows is no longer that of an order for a code."""
    return order.rental and (order.number is not None or order.code is not None)


def rental_state(order: Order) -> tuple[str, str] | None:
    """A symbol and the state in words, for one line of a list; None where the usual words fit."""
    if not has_number(order) or order.status in (Status.UNKNOWN, Status.CANCELLED):
        return None
    came = len(received(order))
    if order.ended:
        return ("✓", f"Rental over ({came})") if came else ("✗", "Rental over, empty")
    if order.forgotten:
        return ("?", f"Not known ({came})")
    return ("◌", f"Receiving ({came})") if came or order.status is Status.NUMBER else None


def rental_money(order: Order) -> str | None:
    """Where the money of a rental is; None where the usual words fit."""
    amount = "your payment" if order.amount is None else sats(order.amount)
    if order.status is Status.WAITING:
        open_to_pay = order.cancel is Cancel.NO and order.payreq and not order.gone
        return "Free until you pay. Once the number is there a rental is not refundable." if open_to_pay else None
    if order.status is Status.HELD:
        if order.prepaid:
            return f"Paid from the balance: {amount}. A rental is not refundable once the number is there."
        return (
            f"Held: {amount}. Once the number is there, count it as spent: rentals are not refundable. "
            "Your wallet keeps showing this payment as pending. That is normal. Do not pay twice."
        )
    if not has_number(order) or order.status in (Status.UNKNOWN, Status.CANCELLED):
        return None
    if order.ended and order.code is None:
        where = "the balance" if order.prepaid else "your wallet"
        return f"Whether {amount} came back is not known here: rentals are not refundable. Look at {where}."
    return f"Count {amount} as spent: rentals are not refundable."


def duration_words(weeks: int | None) -> str:
    """How long a rental lasts, as far as the server says."""
    if weeks is None:
        return "as the server says"
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def weeks_of(order: Order, offers: tuple[RentalOffer, ...] | None) -> int | None:
    """For how many weeks the server lists rentals in its country; None where it does not say, or names several."""
    weeks = {offer.weeks for offer in offers or () if offer.cc == order.country}
    return weeks.pop() if len(weeks) == 1 else None


def until_words(order: Order, weeks: int | None, now: float) -> str:
    """Until when the number receives: for certain only until the server ends it; by its list for some weeks."""
    if order.ended:
        return "" if order.ended_at is None else f"Over since {time_of_day(order.ended_at, now)}."
    if order.forgotten:
        return "Time left: not known; it may be over."
    if weeks is None or order.number_at is None or order.found:
        return "Time left: not known; it receives until the server ends it."
    ends = order.number_at + weeks * _WEEK
    until = time_of_day(ends, now, with_seconds=False)
    if now >= ends:
        return f"By the server's list ({duration_words(weeks)}) it was to end {until}: it may stop at any moment."
    if ends - now < _DAY:
        return f"It ends soon: by the server's list ({duration_words(weeks)}) at {until}, or when the server ends it."
    return f"By the server's list it lasts {duration_words(weeks)}, until {until}; the server may end it earlier."
