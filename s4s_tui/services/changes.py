"""Changes of an order as the journal takes them: pure, for they may be applied again and on another thread."""

from collections.abc import Callable

from s4s_tui.domain.history import Happening, Source, happenings
from s4s_tui.domain.order import Order
from s4s_tui.domain.wishes import shifted
from s4s_tui.services.ports import Change


def with_history(change: Callable[[Order], Order], source: Source, at: float) -> Change:
    """The change, and the lines it adds to the history of the order that it is applied to."""

    def applied(order: Order) -> tuple[Order, tuple[Happening, ...]]:
        new = change(order)
        return new, happenings(order, new, source, at)

    return applied


def shift(seconds: float, line: Happening) -> Change:
    """The times of an open order move along with this machine's clock."""
    return lambda order: (order, ()) if order.ended else (shifted(order, seconds), (line,))


def further(order: Order, line: Happening) -> Change:
    """The order as it is known here, unless the journal has seen more of its life."""

    def life(order: Order) -> tuple[bool, ...]:
        return order.ended, order.code is not None, order.number is not None, order.paid_at is not None

    return lambda known: (order, (line,)) if life(order) >= life(known) else (known, ())


def together(changes: tuple[Change, ...]) -> Change:
    """Several changes as one."""

    def applied(order: Order) -> tuple[Order, tuple[Happening, ...]]:
        lines: tuple[Happening, ...] = ()
        for change in changes:
            order, more = change(order)
            lines += more
        return order, lines

    return applied
