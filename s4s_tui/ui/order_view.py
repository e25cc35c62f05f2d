"""What the order screen says, computed from the order, the checks on its invoice and the time: pure, no Textual."""

from dataclasses import dataclass
from enum import StrEnum

from s4s_tui.domain.checks import Inspection, Verdict
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.text import phone, plus, sats, time_of_day
from s4s_tui.ui.words import money_words

_SYMBOLS_OF_TROUBLE = {Verdict.WARN: "!", Verdict.ASK: "!", Verdict.BLOCK: "✗"}
_ALWAYS = frozenset({"amount", "order", "payee", "description"})
"""The checks that are listed even when nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline: ✓ done, ● to be done by the person now, ◌ under way, ○ later, ✗ will not be."""

    mark: str
    name: str
    when: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The one clock that ticks: its words, when (Unix seconds) it runs out, and what is said behind it."""

    words: str
    at: float
    tail: str = ""


class Invoice(StrEnum):
    """What may be done with the invoice."""

    PAYABLE = "payable"
    ASKS = "asks"  # not before the user accepts
    BLOCKED = "blocked"
    GONE = "gone"  # paid, run out, given up or ended


@dataclass(frozen=True, slots=True)
class View:
    """The words of the order screen.

    Attributes:
        title: the state or the task in a few words.
        big: the number (grouped) or the code, "" where there is none yet.
        lead: what to do or what goes on, in a sentence or two.
        copies: what `c` copies: its name and the text, None where there is nothing to copy now.
        steps: the timeline.
        deadline: the clock that matters next.
        times: other deadlines as times of day.
        money: where the money is.
        notes: what the server said, what became of a cancellation.
        invoice: what may be done with the invoice.
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


def invoice_state(order: Order, inspection: Inspection, now: float) -> Invoice:
    """What may be done with the invoice now."""
    if not order.payable(now):
        return Invoice.GONE
    if inspection.blocked:
        return Invoice.BLOCKED
    return Invoice.ASKS if inspection.asks and not order.accepted else Invoice.PAYABLE


def order_view(order: Order, inspection: Inspection, dial: str | None, now: float) -> View:
    """The words for this order; `dial` is its country's prefix such as "+49", for grouping the number."""
    invoice = invoice_state(order, inspection, now)
    title, lead = _task(order, invoice, now)
    return View(
        title=title,
        big=order.code or (phone(order.number, dial) if order.number else ""),
        lead=lead,
        copies=_copies(order, invoice),
        steps=_steps(order, invoice, now),
        deadline=_deadline(order, now),
        times=_times(order, now),
        money=_money(order, invoice),
        notes=_notes(order),
        invoice=invoice,
    )


def _task(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    """Title and lead of a state."""
    match order.status:
        case Status.WAITING:
            return _task_waiting(order, invoice, now)
        case Status.HELD:
            return (
                "Held, not spent",
                "Your payment arrived. A number is being assigned; most come within half a minute.",
            )
        case Status.NUMBER:
            return (
                f"Enter this number at {order.service_name}:",
                "Then wait for the SMS. Most codes come within two minutes.",
            )
        case Status.CODE:
            return f"Your code for {order.service_name}:", "Enter it there. This order is done."
        case Status.RETURNED if order.number is None:
            return "Returned: no number", "The order ended without a number."
        case Status.RETURNED:
            return "Returned: no code", "The order ended without a code."
        case Status.CANCELLED:
            return "Cancelled", "The order is cancelled."
        case Status.EXPIRED:
            return "Invoice expired", "The invoice ran out before it was paid."
        case Status.UNKNOWN:
            return "Unknown", "21 minutes have passed without the server's word on how the order ended."


def _task_waiting(order: Order, invoice: Invoice, now: float) -> tuple[str, str]:
    if order.cancel is Cancel.GIVEN_UP:
        opens = order.cancel_opens_at
        told = f"The server is told at {time_of_day(opens, now)}" if opens > now else "The server is being told"
        return "Given up", f"{told}, it takes no cancellation before. x takes this back."
    if order.cancel is not Cancel.NO:
        return "Cancelling", "The server's word is awaited."
    match invoice:
        case Invoice.BLOCKED:
            return "Do not pay this invoice", "It is not shown, because a check failed. x gives the order up."
        case Invoice.ASKS:
            return "Look before you pay", "The invoice is shown when you accept this: a accepts, x gives the order up."
        case Invoice.GONE:
            return "The invoice has run out", "The server is asked whether a payment arrived before."
        case Invoice.PAYABLE:
            return f"Pay {sats(order.amount)}", "Scan it with a wallet, or copy it with c."


def _money(order: Order, invoice: Invoice) -> str:
    """Where the money is; an unpaid order whose invoice is not to be paid is not called free until paid."""
    if order.status is not Status.WAITING or order.cancel is not Cancel.NO:
        return money_words(order)
    if invoice is Invoice.GONE:
        return "Do not pay it any more. A payment that was begun before is shown here as soon as the server knows."
    return money_words(order) if invoice is Invoice.PAYABLE else "Nothing was paid, so nothing is lost."


def _copies(order: Order, invoice: Invoice) -> tuple[str, str] | None:
    if order.code is not None:
        return "code", order.code
    if order.number is not None and not order.ended:
        return "number", plus(order.number)
    return ("invoice", order.payreq) if invoice is Invoice.PAYABLE else None


def _steps(order: Order, invoice: Invoice, now: float) -> tuple[Step, ...]:
    """The timeline: invoice, payment, number, code."""

    def when(at: float | None) -> str:
        return "" if at is None else time_of_day(at, now)

    ready = "✓" if invoice in (Invoice.PAYABLE, Invoice.GONE) else "✗"
    over = "✗" if order.ended or order.cancel is not Cancel.NO else "○"
    waits = "✗" if order.ended else "◌"
    pays = "●" if invoice is Invoice.PAYABLE else over
    paid, number, code = order.paid_at, order.number_at, order.code_at
    return (
        Step(ready, "Invoice", when(order.created_at), sats(order.amount) if order.amount is not None else ""),
        Step("✓", "Payment", when(paid), _payment(order)) if paid else Step(pays, "Payment"),
        Step("✓", "Number", when(number), plus(order.number or ""))
        if number
        else Step(waits if paid else over, "Number"),
        Step("✓", "Code", when(code), _one_line(order.code)) if code else Step(waits if number else over, "Code"),
    )


def _payment(order: Order) -> str:
    match order.status:
        case Status.CODE:
            return "settled"
        case Status.RETURNED:
            return "returned"
        case Status.CANCELLED:
            return "released"
        case Status.UNKNOWN:
            return "unknown"
        case _:
            return "held, not spent"


def _one_line(code: str | None) -> str:
    return code if code is not None and len(code) <= 20 and "\n" not in code else ""


def _deadline(order: Order, now: float) -> Deadline | None:
    """The next deadline that matters; an unpaid order has the invoice's own expiry and no other clock."""
    if order.status is Status.WAITING:
        if order.cancel is Cancel.GIVEN_UP and now < order.cancel_opens_at:
            return Deadline("The server is told in", order.cancel_opens_at)
        if order.expires_at is None or not order.payable(now):
            return None
        until = time_of_day(order.expires_at, now, with_seconds=False)
        return Deadline("Payable for", order.expires_at, f"until {until}")
    if order.number_dead_at is None or order.money_back_at is None:
        return None
    if order.status is Status.NUMBER and now < order.number_dead_at:
        return Deadline("The number works for", order.number_dead_at)
    if order.status in (Status.HELD, Status.NUMBER) and now < order.money_back_at:
        return Deadline("If nothing comes, the money should be back in", order.money_back_at)
    return None


def _times(order: Order, now: float) -> str:
    """The other deadlines as times of day."""
    if order.status not in (Status.HELD, Status.NUMBER) or order.money_back_at is None:
        return ""
    back = time_of_day(order.money_back_at, now, with_seconds=False)
    lines = [f"If no code comes, the money should be back by {back}."] if order.status is Status.NUMBER else []
    if now < order.cancel_opens_at and order.cancel is Cancel.NO:
        lines.append(f"x cancels from {time_of_day(order.cancel_opens_at, now)}.")
    return " ".join(lines)


def _notes(order: Order) -> tuple[str, ...]:
    notes = []
    if not order.ended and order.cancel is Cancel.SENT:
        notes.append("Cancelling: the server was asked and its answer is awaited. x asks again.")
    if not order.ended and order.cancel is Cancel.ACCEPTED:
        notes.append("Cancelling: the server accepted, its word on the order is awaited.")
    if order.reason:
        notes.append(_said(order.reason))
    if order.note:
        notes.append(_said(order.note))
    return tuple(notes)


def _said(text: str) -> str:
    """The server's words as such; a sentence of ours about its answer stays as it is."""
    return text if text.startswith("The server ") else f"The server said: {text}"


def worth_showing(
    inspection: Inspection, invoice: Invoice, *, brief: bool = False
) -> tuple[tuple[str, str, Verdict], ...]:
    """The checks to list: symbol, sentence, verdict; warnings first, the usual ones as a count.

    None once the invoice no longer matters; with `brief` (a low window) all that passed are a count.
    """
    if invoice is Invoice.GONE:
        return ()
    always = frozenset[str]() if brief else _ALWAYS
    shown = [check for check in inspection.checks if check.name in always or check.verdict in _SYMBOLS_OF_TROUBLE]
    shown.sort(key=lambda check: check.verdict not in _SYMBOLS_OF_TROUBLE)
    lines = [
        (
            _SYMBOLS_OF_TROUBLE.get(check.verdict, "✓" if check.verdict is Verdict.OK else "·"),
            check.sentence,
            check.verdict,
        )
        for check in shown
    ]
    more = len(inspection.checks) - len(shown)
    if more and inspection.invoice is not None:
        also = "more " if shown else ""
        lines.append(("✓", f"{more} {also}checks passed" if more > 1 else f"1 {also}check passed", Verdict.OK))
    return tuple(lines)
