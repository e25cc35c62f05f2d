"""The words of the order screen, from `order_view`, as widgets: data is never markup."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from s4s_tui.domain.checks import Inspection, Verdict
from s4s_tui.domain.hiding import HIDDEN
from s4s_tui.domain.order import DONE, SENDING, Order, Status
from s4s_tui.domain.text import clean, clean_lines
from s4s_tui.terminal.qr import Missing
from s4s_tui.ui.checklist import worth_showing
from s4s_tui.ui.next_steps import NextStep
from s4s_tui.ui.text import shorten
from s4s_tui.ui.view import Invoice, Step, View

_MARKS = {"✓": "$success", "●": "bold $warning", "◌": "$accent", "○": "$foreground-muted", "✗": "$foreground-muted"}
_VERDICTS = {
    Verdict.OK: "$success",
    Verdict.NOTE: "$foreground-muted",
    Verdict.WARN: "bold $warning",
    Verdict.ASK: "bold $warning",
    Verdict.BLOCK: "bold $error",
}
_LARGE = 12
"""Digits that a code may have to be drawn large: 3 cells each, so that it fits beside nothing else at 60 columns."""

_LOW = 24
"""Lines of a window below which what only reassures is left out."""
_WITHOUT_QR = "z shows the QR code on the whole screen, c copies the invoice."


class OrderFacts(Vertical):
    """Title, number or code, what to do, the timeline."""

    DEFAULT_CSS = "OrderFacts { height: auto; }"

    def compose(self) -> ComposeResult:
        """One widget a paragraph; an empty one takes no room."""
        yield Static("", id="title", markup=False)
        yield Digits("", id="digits")
        yield Static("", id="big", markup=False)
        yield Static("", id="lead", markup=False)
        yield Static("", id="notes", markup=False)
        yield Static("", id="steps", markup=False)

    def show(self, order: Order, view: View, inspection: Inspection, *, missing: Missing | None) -> None:
        """Write all words anew; what did not change is not sent to the terminal."""
        self._put("title", Content.styled(view.title, _title_style(order, view)))
        digits = self.query_one("#digits", Digits)
        code = order.code or ""
        large = (
            order.status is Status.CODE
            and code.isascii()
            and code.isdigit()
            and len(code) <= _LARGE
            and not order.rental
        )
        digits.display = large
        if large and digits.value != code:
            digits.update(code)
        copies = f"   {view.big_key} copies it" if view.copies is not None and view.big else ""
        if view.big == HIDDEN:
            copies += ", m shows it" if copies else "   m shows it"
        self._put(
            "big", Content.assemble((view.big, "bold $accent"), (copies, "$foreground-muted")) if view.big else None
        )
        lead = _WITHOUT_QR if missing is not None and view.invoice is Invoice.PAYABLE else view.lead
        self._put("lead", Content(lead))
        self._put("notes", Content("\n").join(Content(note) for note in view.notes))
        self._put("steps", Content("\n").join(_step(step) for step in view.steps))
        self._put_more(order, view, inspection)

    def _put_more(self, order: Order, view: View, inspection: Inspection) -> None:
        """Below the clock: times, checks, money, the invoice as text."""
        parts: list[Content] = [Content(view.times)] if view.times else []
        if order.kind in SENDING:
            parts.append(_message(order))
        if view.earlier:
            parts.append(Content("\n").join([Content("Codes before this one:"), *map(Content, view.earlier)]))
        height = self.screen.size.height
        kept = view.invoice is Invoice.PAYABLE and order.kind not in SENDING  # the preview of a message says so
        checks = worth_showing(inspection, view.invoice, brief=height < _LOW, kept=kept)
        if checks:
            parts.append(Content("\n").join(_check(*check) for check in checks))
        parts.append(Content.styled(view.money, "bold" if order.money_held else ""))
        if view.options:
            parts.append(Content.styled(view.options, "$foreground-muted"))
        if view.next_steps:
            parts.append(Content("\n").join([Content("What next?"), *map(_next_step, view.next_steps)]))
        if view.invoice is Invoice.PAYABLE and height >= _LOW:
            parts.append(_invoice(order, wide=self.screen.size.width >= 120))
        self.screen.query_one("#more", Static).update(Content("\n\n").join(parts))

    def _put(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content)
        if content is not None and widget.content != content:
            widget.update(content)


def _title_style(order: Order, view: View) -> str:
    if order.status in DONE:
        return "bold" if order.forgotten else "bold $success"
    lost = order.gone and order.status is Status.WAITING
    if view.invoice in (Invoice.BLOCKED, Invoice.ASKS) or order.status in (Status.UNKNOWN, Status.FAILED) or lost:
        return "bold $error"
    return "bold $warning" if view.invoice is Invoice.PAYABLE else "bold"


def _step(step: Step) -> Content:
    words = f" {step.name:<9}"
    return Content.assemble(
        (step.mark, _MARKS[step.mark]), words, (f" {step.when}", "$foreground-muted"), f"  {step.detail}"
    )


def _next_step(step: NextStep) -> Content:
    return Content.assemble((f"  {step.key}", "bold $accent"), f"  {step.words}")


def _message(order: Order) -> Content:
    """To whom and what: the whole message, its lines marked."""
    to = Content.assemble(("To  ", "$foreground-muted"), (clean(order.country_name or order.recipient, 300), "bold"))
    lines = clean_lines(order.message).split("\n")
    said = [Content.assemble(("┃ ", "$accent"), line) for line in lines] if order.message else []
    posted = [Content(f"Posted to {clean(order.webhook, 2000)}")] if order.webhook else []
    return Content("\n").join([to, *said, *posted])


def _check(symbol: str, sentence: str, verdict: Verdict) -> Content:
    return Content.assemble((symbol, _VERDICTS[verdict]), f" {sentence}")


def _invoice(order: Order, *, wide: bool) -> Content:
    """The invoice as text: whole where there is room, else its two ends and the key that shows it whole."""
    if wide:
        return Content.styled(order.payreq, "$foreground-muted")
    return Content.styled(f"{shorten(order.payreq, 12, 6)}  (b shows it whole)", "$foreground-muted")
