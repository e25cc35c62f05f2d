"""What the order screen's words are made of, whatever was ordered, and those of an unpaid order: pure, no Textual."""

from dataclasses import dataclass
from enum import StrEnum

from s4s_tui.domain.checks import Inspection
from s4s_tui.domain.order import Cancel, Order
from s4s_tui.ui.deadlines import Deadline
from s4s_tui.ui.next_steps import NextStep
from s4s_tui.ui.text import sats, time_of_day


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline: ✓ done, ● to be done by the person now, ◌ under way, ○ later, ✗ will not be."""

    mark: str
    name: str
    when: str = ""
    detail: str = ""


class Invoice(StrEnum):
    """What may be done with the invoice."""

    PAYABLE = "payable"
    ASKS = "asks"  # not before the user accepts
    BLOCKED = "blocked"
    GONE = "gone"  # paid, run out, given up or ended; not known here, or the order not at the server


@dataclass(frozen=True, slots=True)
class View:
    """The words of the order screen.

    Attributes:
        title: the state or the task in a few words.
        big: the code, or the number (grouped) while it may be of use, "" where there is none.
        lead: what to do or what goes on, in a sentence or two.
        copies: what `c` copies: its name and the text, None where there is nothing to copy now.
        steps: the timeline.
        deadline: the clock that matters next.
        times: other deadlines as times of day.
        money: where the money is.
        notes: what the server said, what became of a cancellation, what is unusual.
        invoice: what may be done with the invoice.
        earlier: the codes before the latest one, each with its time, oldest first.
        next_steps: what can be ordered where it ended without a code.
        options: what was ordered beside the usual, and who earns from it.
        big_key: the key that copies what stands in `big`.
    """

    title: str
    big: str
    lead: str
    copies: tuple[str, str] | None
    steps: tuple[Step, ...]
    deadline: Deadline | None
    times: str
    money: str
    notes: tuple[str, ...]
    invoice: Invoice
    earlier: tuple[str, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    options: str = ""
    big_key: str = "c"


def invoice_state(order: Order, inspection: Inspection, now: float) -> Invoice:
    """What may be done with the invoice now."""
    if not order.payable(now):
        return Invoice.GONE
    if inspection.blocked:
        return Invoice.BLOCKED
    return Invoice.ASKS if inspection.asks and not order.accepted else Invoice.PAYABLE


def task_waiting(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    """Title and lead of an unpaid order."""
    if order.cancel is Cancel.GIVEN_UP:
        opens = order.cancel_opens_at
        told = f"The server is told at {time_of_day(opens, now)}" if opens > now else "The server is being told"
        return "Given up", f"{told}, it takes no cancellation before. x takes this back."
    if order.cancel is not Cancel.NO:
        return "Cancelling", "The server's word is awaited."
    if order.gone:
        return (
            "Do not pay this order",
            "The server does not know it now, so a payment might be for nothing. It is asked on.",
        )
    if words := not_payable_yet(order, invoice):
        return words
    if invoice is Invoice.GONE:
        return "The invoice has run out", "The server is asked whether a payment arrived before."
    return f"Pay {sats(order.amount)}", "Scan it with a wallet, or copy it with c."


def not_payable_yet(order: Order, invoice: Invoice) -> tuple[str, str] | None:
    """Title and lead of any unpaid order whose invoice is not known, or not to be paid as it is; else None."""
    if not order.payreq:
        return "Waiting for payment", "The invoice is not known here, for the order was found by its id."
    if invoice is Invoice.BLOCKED:
        return "Do not pay this invoice", "It is not shown, because a check failed. x gives the order up."
    if invoice is Invoice.ASKS:
        return "Look before you pay", "The invoice is shown when you accept this: a accepts, x gives the order up."
    return None
