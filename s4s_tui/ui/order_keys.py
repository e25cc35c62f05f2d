"""Which keys make sense on an order's screen, and what the line of keys says for them. Pure, no Textual."""

from s4s_tui.domain.order import SENDING, Cancel, Order, Status
from s4s_tui.ui.text import time_of_day
from s4s_tui.ui.view import Invoice, View

OF_AN_ORDER = frozenset({
    "copy", "copy_invoice", "copy_number", "large", "bare", "style", "pay", "accept", "cancel", "history", "look",
    "support", "next", "save",
})  # fmt: skip
"""The actions that need an order to be there."""


def usable(
    action: str,
    parameters: tuple[object, ...],
    order: Order | None,
    view: View | None,
    *,
    demo: bool,
    new_payee: bool,
    can_toggle: bool,
) -> bool:
    """Whether an action makes sense in the order's state.

    Args:
        action: its name.
        parameters: of the action; the key of a next step.
        order: the order, None where it is not known.
        view: its words, None before they were drawn.
        demo: whether the demo's wallet can pay.
        new_payee: whether the invoice's payee can be accepted.
        can_toggle: whether the QR code can be drawn in another style.
    """
    if action not in OF_AN_ORDER:
        return True
    if order is None or view is None:
        return False
    payable = view.invoice is Invoice.PAYABLE
    rules = {
        "copy": view.copies is not None,
        "copy_invoice": payable,
        "copy_number": order.number is not None or bool(order.recipient),
        "large": payable,
        "bare": payable,
        "save": payable,
        "style": payable and can_toggle,
        "pay": payable and demo,
        "accept": view.invoice is Invoice.ASKS or (payable and new_payee),
        "cancel": cancellable(order),
        "next": any(step.key == str(parameters[0]) for step in view.next_steps) if parameters else False,
    }
    return rules.get(action, True)


def cancellable(order: Order) -> bool:
    """Whether `x` does something: unpaid, or money may be held, and the server has not accepted it already."""
    unpaid, held = order.status is Status.WAITING, order.money_held and order.cancellable
    return (unpaid or held) and order.cancel is not Cancel.ACCEPTED


def label(action: str, words: str, order: Order | None, view: View | None, now: float) -> str:
    """What the line of keys says for an action; `words` is what it says otherwise."""
    if action == "send":  # works here as everywhere; the line has more urgent keys
        return ""
    if order is None or view is None:
        return words
    if action == "copy" and view.copies is not None:
        return f"Copy {view.copies[0]}"
    if action.startswith("next(") and order.kind in SENDING:
        return view.next_steps[0].label if view.next_steps else ""
    return cancel_label(order, now) if action == "cancel" else words


def cancel_label(order: Order, now: float) -> str:
    """What `x` means now."""
    if order.status is Status.WAITING:
        return "Take back" if order.cancel is Cancel.GIVEN_UP else "Give up"
    if order.cancel is Cancel.ARMED:
        return "Keep it"
    early = now < order.cancel_opens_at
    return f"Cancel at {time_of_day(order.cancel_opens_at, now, with_seconds=False)}" if early else "Cancel"
