"""What the screen of a rental says where it differs from that of an order for one code: pure, no Textual."""

from dataclasses import replace

from s4s_tui.domain.order import Order, Status
from s4s_tui.ui.rental_words import Message, has_number, received, until_words
from s4s_tui.ui.text import phone, plus
from s4s_tui.ui.view import Step, View


def rental_view(
    order: Order, view: View, marked: Message | None, now: float, *, dial: str | None, weeks: int | None
) -> View:
    """The words for a rental, from those for an order.

    Args:
        order: the rental.
        view: the words as for an order for one code.
        marked: the message with the mark.
        now: Unix seconds of this machine.
        dial: the country's prefix such as "+49", for grouping the number.
        weeks: for how long the server lists rentals there, None where it does not say.
    """
    if not has_number(order):
        lead = view.lead
        if order.status is Status.HELD:
            lead = "Your payment arrived. A number is being assigned."
        return replace(view, lead=lead, steps=tuple(map(_step, view.steps)), next_steps=())
    title, lead = _task(order, view)
    return replace(
        view,
        title=title,
        lead=lead,
        big="" if order.number is None else phone(order.number, dial),
        big_key="n",
        copies=_copies(order, marked),
        steps=(),
        earlier=(),
        times=until_words(order, weeks, now),
        next_steps=(),
    )


def _step(step: Step) -> Step:
    return replace(step, name="Inbox") if step.name == "Code" else step


def _task(order: Order, view: View) -> tuple[str, str]:
    if order.status in (Status.UNKNOWN, Status.CANCELLED):
        return view.title, view.lead
    came = len(received(order))
    if order.ended:
        return "The rental is over", "What it received stays here." if came else "It received nothing."
    if order.forgotten:
        return "Not known now", "The server does not know this rental now. What it received stays; it is asked on."
    if not came:
        return "Your number:", "Everything that it receives is listed below, newest on top. Nothing has come yet."
    return "Your number:", "It goes on receiving, newest on top. Enter shows a message whole."


def _copies(order: Order, marked: Message | None) -> tuple[str, str] | None:
    if marked is not None:
        return "message", marked.text
    return None if order.number is None or order.ended else ("number", plus(order.number))
