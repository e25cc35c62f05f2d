"""What is scripted about a sandbox: what happens to which order, and what is in stock at what price."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from s4s_tui.sandbox.faults import Fault
from s4s_tui.sandbox.funding import FundOrder
from s4s_tui.sandbox.offer import Price, Stock
from s4s_tui.sandbox.orders import SandboxOrder
from s4s_tui.sandbox.receiving import NumberOrder, ReceiveOrder
from s4s_tui.sandbox.rental import RentalOrder
from s4s_tui.sandbox.sending import Progress, SendOrder

Kind = Literal["receive", "rental", "sms", "email", "fund"]
"""The kinds of orders, as a script names them."""

_GAP = 60.0
"""Seconds between the texts of a rental where nothing says so."""
_DELIVERY = 5.0
"""Seconds from "sent" to "delivered" where nothing says so."""


def kind_of(order: SandboxOrder) -> Kind:
    """The kind of an order."""
    match order:
        case RentalOrder():
            return "rental"
        case SendOrder():
            return order.channel
        case FundOrder():
            return "fund"
        case _:
            return "receive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What happens to some orders. What is None or false is left as it was drawn.

    The first four say to which orders; None is any.

    Attributes:
        kind: the kind of the order.
        country: the country number that was ordered.
        service: the service code that was ordered.
        place: the how-manieth order that the sandbox made, from 1.
        pay_after: seconds after which it is paid by itself.
        number_after: seconds of life from the payment to the number, or to the word that there is none; `inf` is never.
        number: the number, digits with country prefix.
        no_number: there is none to be had.
        code_after: seconds of life from the number to the code, and between the texts of a rental; `inf` is never.
        code: what the SMS says.
        texts: what a rental receives, in this order.
        refund_after: seconds of life from the payment after which the money is back; nothing ends it before.
        sent_after: seconds of life from the payment of a message to "sent" or "failed"; `inf` is never.
        delivered_after: seconds of life from there to "delivered"; `inf` is never.
        fail: the message fails.
    """

    kind: Kind | None = None
    country: int | None = None
    service: str | None = None
    place: int | None = None
    pay_after: float | None = None
    number_after: float | None = None
    number: str | None = None
    no_number: bool = False
    code_after: float | None = None
    code: str | None = None
    texts: tuple[str, ...] = ()
    refund_after: float | None = None
    sent_after: float | None = None
    delivered_after: float | None = None
    fail: bool = False

    def fits(self, order: SandboxOrder, place: int) -> bool:
        """Whether it is about this order, the `place`-th one."""
        if self.place not in (None, place) or self.kind not in (None, kind_of(order)):
            return False
        if isinstance(order, NumberOrder):
            return self.country in (None, order.country) and self.service in (None, order.service)
        return self.country is None and self.service is None

    def played(self, order: SandboxOrder) -> SandboxOrder:
        """The order as it goes on from here."""
        bill = order.bill
        if self.pay_after is not None and bill.payreq:  # what a balance paid is paid
            bill = replace(bill, paid_at=bill.created_at + self.pay_after)
        if self.refund_after is not None and not isinstance(order, FundOrder):
            bill = replace(bill, refund_after=self.refund_after)
        match order:
            case ReceiveOrder():
                return self._receiving(replace(order, bill=bill))
            case RentalOrder():
                return self._renting(replace(order, bill=bill))
            case SendOrder():
                return replace(order, bill=bill, steps=tuple(self._steps(order)))
            case _:
                return replace(order, bill=bill)

    def _receiving(self, order: ReceiveOrder) -> ReceiveOrder:
        plan = order.plan
        code_after = plan.code_after if self.code_after is None else self.code_after
        if self.refund_after is not None or code_after == inf:
            code_after = None
        changed = replace(
            plan,
            number=self._number(plan.number),
            number_after=self._number_after(plan.number_after),
            code=plan.code if self.code is None else self.code,
            code_after=code_after,
        )
        return replace(order, plan=changed)

    def _renting(self, order: RentalOrder) -> RentalOrder:
        plan, messages = order.plan, order.plan.messages
        if self.refund_after is not None or self.code_after == inf:
            messages = ()
        elif self.texts or self.code_after is not None:
            texts = self.texts or tuple(text for _, text in messages)
            gap = _GAP if self.code_after is None else self.code_after
            messages = tuple((gap * place, text) for place, text in enumerate(texts, start=1))
        number, number_after = self._number(plan.number), self._number_after(plan.number_after)
        return replace(order, plan=replace(plan, number=number, number_after=number_after, messages=messages))

    def _number(self, drawn: str | None) -> str | None:
        if self.no_number:
            return None
        return drawn if self.number is None else self.number

    def _number_after(self, drawn: float) -> float:
        after = drawn if self.number_after is None else self.number_after
        return after if self.refund_after is None or after < self.refund_after else inf

    def _steps(self, order: SendOrder) -> Iterator[tuple[float, Progress]]:
        """What becomes of a message; as it was drawn where nothing is scripted about it."""
        if self.refund_after is not None or self.sent_after == inf:
            return
        if not self.fail and self.sent_after is None and self.delivered_after is None:
            yield from order.steps
            return
        sent_after = order.steps[0][0] if self.sent_after is None else self.sent_after
        yield sent_after, "failed" if self.fail else "sent"
        if not self.fail and self.delivered_after != inf:
            yield sent_after + (_DELIVERY if self.delivered_after is None else self.delivered_after), "delivered"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that is scripted.

    Attributes:
        scripts: the first one that fits an order counts.
        settings: prices and stocks from the start on.
        faults: what goes wrong from the start on.
    """

    scripts: tuple[Script, ...] = ()
    settings: tuple[Price | Stock, ...] = ()
    faults: tuple[Fault, ...] = ()

    def played(self, order: SandboxOrder, place: int) -> SandboxOrder:
        """The order, the `place`-th one, as it goes on from here."""
        return next((script.played(order) for script in self.scripts if script.fits(order, place)), order)


NOTHING_SCRIPTED = Scenario()
"""Everything is as it is drawn."""
