"""What the control API does to an order: rules for `OrderBook.change`, each refused (409) where it makes no sense."""

from dataclasses import replace
from math import inf, nextafter
from typing import TypeVar

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox.book import Rule
from s4s_tui.sandbox.fate import Fate
from s4s_tui.sandbox.orders import Phase, Refusal, SandboxOrder
from s4s_tui.sandbox.receiving import NUMBER_DEAD, NumberOrder, ReceiveOrder
from s4s_tui.sandbox.rental import RentalOrder
from s4s_tui.sandbox.sending import Progress, SendOrder
from s4s_tui.sandbox.stock import countries

_Order = TypeVar("_Order", bound=SandboxOrder)

_AFTER: dict[Phase, frozenset[Progress]] = {
    Phase.HELD: frozenset({"sent", "delivered", "failed"}),
    Phase.SENT: frozenset({"delivered"}),
}
"""What can become of a message, by what it is."""


def assign(number: str | None, fate: Fate) -> Rule:
    """The order has this number from now on; None takes the one that was drawn for it, or draws one."""

    def rule(order: SandboxOrder, now: float) -> SandboxOrder:
        order = _held_for_number(order, now)
        assigned = number or order.plan.number or fate.number(_country(order))
        lived = order.bill.lived(now)
        if lived >= NUMBER_DEAD:
            raise _refusal("This order is too old for a number.")
        return _with_number(order, assigned, lived)

    return rule


def deliver(text: str) -> Rule:
    """The text arrives now: the code of an order, one more message of a rental."""

    def rule(order: SandboxOrder, now: float) -> SandboxOrder:
        if not isinstance(order, NumberOrder) or order.phase(now) is not Phase.NUMBER:
            raise _refusal(f"Only an order with a number receives a text; this one's phase is {_word(order, now)}.")
        lived, order = order.bill.lived(now), _spent(order)
        match order:
            case ReceiveOrder():
                if lived >= NUMBER_DEAD:
                    raise _refusal("This number no longer receives.")
                since = _gap(order.plan.number_after, lived)
                return replace(order, plan=replace(order.plan, code=text, code_after=since))
            case RentalOrder():
                rented = lived - order.plan.number_after
                come = [message for message in order.plan.messages if message[0] <= rented]
                rest = [message for message in order.plan.messages if message[0] > rented]
                return replace(order, plan=replace(order.plan, messages=(*come, (rented, text), *rest)))
            case _:
                raise AssertionError(order)

    return rule


def fail(order: SandboxOrder, now: float) -> SandboxOrder:
    """There is no number to be had, or the message fails: the money goes back."""
    if isinstance(order, SendOrder):
        return progress("failed")(order, now)
    return _with_number(_held_for_number(order, now), None, order.bill.lived(now))


def refund(order: SandboxOrder, now: float) -> SandboxOrder:
    """The held money goes back now, as by a cancellation; the 2 minutes of a buyer's do not count."""
    held = (Phase.HELD, Phase.NUMBER) if isinstance(order, ReceiveOrder) else (Phase.HELD,)
    if order.phase(now) not in held:
        raise _refusal(f"Only held money can be returned; this one's phase is {_word(order, now)}.")
    if isinstance(order, SendOrder):  # nothing is announced any more
        order = replace(order, steps=order.steps[: order.announced])
    return replace(order, bill=replace(order.bill, cancelled_at=now))


def progress(what: Progress) -> Rule:
    """The message is sent, delivered or failed from now on."""

    def rule(order: SandboxOrder, now: float) -> SandboxOrder:
        if not isinstance(order, SendOrder) or what not in _AFTER.get(order.phase(now), ()):
            raise _refusal(f"Nothing becomes {what} here; this one's phase is {_word(order, now)}.")
        lived = order.bill.lived(now)
        done = [step for step in order.steps if step[0] <= lived]
        rest = [step for step in order.steps if step[0] > lived and what == "sent" and step[1] == "delivered"]
        return replace(_spent(order), steps=(*done, (lived, what), *rest))

    return rule


def _spent(order: _Order) -> _Order:
    """The order without a refund that a scenario had in store: its money is taken now, or went back already."""
    return replace(order, bill=replace(order.bill, refund_after=None))


def _held_for_number(order: SandboxOrder, now: float) -> ReceiveOrder | RentalOrder:
    if not isinstance(order, ReceiveOrder | RentalOrder) or order.phase(now) is not Phase.HELD:
        raise _refusal(f"Only a paid order waits for a number; this one's phase is {_word(order, now)}.")
    return order


def _with_number(order: ReceiveOrder | RentalOrder, number: str | None, after: float) -> SandboxOrder:
    match order:
        case ReceiveOrder():
            return replace(order, plan=replace(order.plan, number=number, number_after=after))
        case RentalOrder():
            return replace(order, plan=replace(order.plan, number=number, number_after=after))


def _country(order: NumberOrder) -> Country:
    return countries()[order.country]


def _gap(start: float, end: float) -> float:
    """The seconds between, so that `start` and they together are never later than `end` for a rounding."""
    gap = end - start
    while start + gap > end:
        gap = nextafter(gap, -inf)
    return gap


def _word(order: SandboxOrder, now: float) -> str:
    return order.phase(now).name.lower()


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, http_status=409)
