"""A funding of the account: what its order becomes by what is read of the balance. Pure."""

from dataclasses import replace

from s4s_tui.domain.order import Cancel, Kind, Order, OrderReply, Status

PATIENCE = 60.0
"""Seconds after the server called it paid until that counts without a risen balance: it may have been spent since."""


def funded(order: Order, reply: OrderReply | None, balance: int, now: float, *, others: bool = False) -> Order:
    """The order of a funding after the balance was read.

    A risen balance alone proves this payment only where it rose by all of it, and nothing else can have raised it.

    Args:
        order: the order.
        reply: what the server says of it; None where it knows no funding by its id.
        balance: sats.
        now: Unix seconds.
        others: another order may have moved the balance since this one was made (a funding, one paid from it).
    """
    if order.kind is not Kind.FUND or order.ended:
        return order
    seen = replace(order, balance=balance) if order.balance is None else order
    if reply is not None and reply.paid and seen.paid_at is None:
        seen = replace(seen, paid_at=now, status=Status.HELD, cancel=Cancel.NO)  # the payment is the later will
    risen = 0 if seen.balance is None else balance - seen.balance
    if seen.paid_at is None:
        come = risen >= (seen.amount or 1) and not others
    else:
        come = risen > 0 or now - seen.paid_at >= PATIENCE
    if come:
        return replace(seen, status=Status.FUNDED, ended_at=now, paid_at=seen.paid_at or now, cancel=Cancel.NO)
    if seen.paid_at is None and seen.run_out(now):
        return replace(seen, status=Status.EXPIRED, ended_at=now)
    return seen
