"""What can be ordered next where an order ended without a code: choices, never done by itself. Pure, no Textual."""

from collections.abc import Collection
from dataclasses import dataclass

from s4s_tui.domain.catalogue import AUTO_SELECT
from s4s_tui.domain.order import Order, Status


@dataclass(frozen=True, slots=True)
class NextStep:
    """One choice.

    Attributes:
        key: the key that takes it.
        label: for the line of keys.
        words: for the screen.
        country: where the service is looked for: a country number, or None to choose one.
    """

    key: str
    label: str
    words: str
    country: int | None


def next_steps(order: Order, countries: Collection[int]) -> tuple[NextStep, ...]:
    """The choices, () where the order has its code, is open, or was found and so has no service code.

    Args:
        order: the order.
        countries: the numbers of the countries that can be chosen; another one is not offered again.
    """
    without = order.status in (Status.RETURNED, Status.CANCELLED, Status.EXPIRED) and order.code is None
    if not without or not order.service:
        return ()
    auto = order.country == AUTO_SELECT
    steps = []
    if order.country in countries and order.country is not None:
        again = "by Auto-Select again" if auto else f"in {order.country_name} again"
        steps.append(NextStep("1", "Same again", f"{order.service_name} {again}", order.country))
    if not auto and AUTO_SELECT in countries:
        steps.append(NextStep("2", "Auto-Select", f"{order.service_name} by Auto-Select", AUTO_SELECT))
    steps.append(NextStep("3", "Another country", f"{order.service_name} in another country", None))
    return tuple(steps)
