"""What a person wishes of an order, how far that has come, and a clock that is set: pure changes that ask nobody."""

from dataclasses import replace

from s4s_tui.domain.order import Cancel, Order, Status


def give_up(order: Order) -> Order:
    """The order when an unpaid one is no longer wanted; every other order comes back unchanged."""
    wanted = order.status is Status.WAITING and order.cancel is Cancel.NO
    return replace(order, cancel=Cancel.GIVEN_UP, note=None) if wanted else order


def arm(order: Order) -> Order:
    """The order when a paid one is to be cancelled as soon as the server takes it; others come back unchanged."""
    paid = order.money_held and order.cancellable and order.cancel is Cancel.NO
    return replace(order, cancel=Cancel.ARMED, note=None) if paid else order


def want_again(order: Order) -> Order:
    """The order when giving up, or an armed cancellation, is taken back before it was sent."""
    unsent = order.cancel in (Cancel.GIVEN_UP, Cancel.ARMED)
    return replace(order, cancel=Cancel.NO) if unsent and not order.ended else order


def cancel_sent(order: Order) -> Order:
    """The order when the cancellation is about to be sent."""
    return order if order.ended else replace(order, cancel=Cancel.SENT, note=None)


def cancel_accepted(order: Order, now: float) -> Order:
    """The order when the server said OK to the cancellation: not yet cancelled, a later status confirms."""
    return order if order.ended else replace(order, cancel=Cancel.ACCEPTED, cancel_at=now)


def cancel_refused(order: Order, reason: str) -> Order:
    """The order when the server refused the cancellation: it goes on, an unpaid one stays given up."""
    if order.ended:
        return order
    back = Cancel.GIVEN_UP if order.status is Status.WAITING else Cancel.NO
    return replace(order, cancel=back, note=reason)


def taken_off(order: Order, now: float) -> Order:
    """The order off the list where it has ended; a forgotten rental ends with it, for no word of that may ever come."""
    if order.forgotten:
        return replace(order, removed=True, ended_at=now)
    return replace(order, removed=order.ended)


def shifted(order: Order, seconds: float) -> Order:
    """The order after this machine's clock was set ahead by `seconds` (negative: back): its waits are the same."""

    def later(at: float | None) -> float | None:
        return None if at is None else at + seconds

    return replace(
        order,
        created_at=order.created_at + seconds,
        paid_at=later(order.paid_at),
        number_at=later(order.number_at),
        code_at=later(order.code_at),
        cancel_at=later(order.cancel_at),
        skew=(order.skew or 0.0) - seconds,
    )
