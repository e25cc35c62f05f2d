"""What is said about an order beside its state: a cancellation under way, what the server said, what is unusual."""

from collections.abc import Iterator

from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.domain.telling import is_ours, said, skew_words
from s4s_tui.ui.deadlines import paid_before
from s4s_tui.ui.text import time_of_day

_UNSAVED = "unable to save data"
"""What the server documentedly says where it does not cancel."""
_ODD = {
    "the error is gone": "the server no longer gives the reason for which the order ended.",
    "the code is missing": "the server's last answer holds no code. The code that was there is kept.",
    "the number is missing": "the server's last answer holds no number. The number that was there is kept.",
    "it calls the order unpaid again": "the server now calls the order unpaid, though it had called it paid before.",
}


def order_notes(order: Order, now: float, refusal: str = "") -> tuple[str, ...]:
    """The notes, most urgent first; `refusal` is why the server did not take the last cancellation, "" where it did."""
    return tuple(_notes(order, now, refusal))


def _notes(order: Order, now: float, refusal: str) -> Iterator[str]:
    if not order.ended:
        yield from _of_the_wish(order, now)
        if refusal:
            yield refusal_words(order, refusal)
    if order.late_code:
        yield _late_words(order)
    if order.odd:
        yield odd_words(order.odd)
    if order.reason:
        yield said(order.reason)
    if order.note and order.note != refusal:
        yield said(order.note)
    if order.found and not order.ended:
        yield from _of_the_finding(order)
    if order.skew and not order.ended:
        yield skew_words(order.skew)


def _of_the_wish(order: Order, now: float) -> Iterator[str]:
    match order.cancel:
        case Cancel.ARMED if now < order.cancel_opens_at:
            at = time_of_day(order.cancel_opens_at, now)
            yield f"The server is asked to cancel it at {at}, unless the code comes first. x takes this back."
        case Cancel.ARMED:
            yield "The server is asked to cancel it as soon as it answers, unless the code is there. x takes this back."
        case Cancel.SENT:
            yield "Cancelling: the server was asked and its answer is awaited. x asks again."
        case Cancel.ACCEPTED:
            yield "Cancelling: the server accepted, its word on the order is awaited."
        case _:
            return


def refusal_words(order: Order, refusal: str) -> str:
    """What it means that the server did not take a cancellation."""
    answer = f"It was not cancelled. {refusal}" if is_ours(refusal) else _refused_words(refusal)
    if order.status is Status.WAITING:
        return f"{answer} It is asked again by itself; do not pay this invoice."
    return f"{answer} Nothing changed, the order goes on. x tries again."


def _refused_words(refusal: str) -> str:
    meaning = ", so it could not write the cancellation down" if refusal.casefold().strip(" .") == _UNSAVED else ""
    return f"The server did not cancel. It said: {refusal.rstrip('.')}{meaning}."


def odd_words(odd: str) -> str:
    """What contradicts what the server said before."""
    after, other = "an error after the code: ", "another error than before: "
    if odd.startswith(after):
        return f"Unusual: an error after the code. The server said: {odd.removeprefix(after)}"
    if odd.startswith(other):
        return f"Unusual: another reason than before. The server said: {odd.removeprefix(other)}"
    return f"Unusual: {_ODD.get(odd, odd)}"


def _late_words(order: Order) -> str:
    if order.reason is not None:
        return "This code came after the server had ended the order."
    return "This code came after the server had accepted the cancellation."


def _of_the_finding(order: Order) -> Iterator[str]:
    if paid_before(order):
        yield "Found by its id: when it was paid is not known here, so its times may be over sooner than shown."
