"""A funding of the account: what its order becomes by what is read of the balance. Pure."""

from dataclasses import replace

from s4s_tui.domain.order import Kind, Order, OrderReply, Status

PATIENCE = 60.0
"""Seconds after the server called it paid until that counts without a risen balance: it may have been spent since."""


def funded(order: Order, reply: OrderReply | None, balance: int, now: float) -> Order:
    """The order of a funding after the balance (sats) was read, and its status where the server has one (else None)."""
    if order.kind is not Kind.FUND or order.ended:
        return order
    seen = replace(order, balance=balance) if order.balance is None else order
    if reply is not None and reply.paid and seen.paid_at is None:
        seen = replace(seen, paid_at=now, status=Status.HELD)
    risen = seen.balance is not None and balance > seen.balance
    waited = seen.paid_at is not None and now - seen.paid_at >= PATIENCE
    if risen or waited:
        return replace(seen, status=Status.FUNDED, ended_at=now, paid_at=seen.paid_at or now)
    if seen.paid_at is None and seen.run_out(now):
        return replace(seen, status=Status.EXPIRED, ended_at=now)
    return seen
