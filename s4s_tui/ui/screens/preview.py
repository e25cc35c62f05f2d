"""Before a message is ordered: exactly what goes out, to whom, in how many parts, at what price."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Kind
from s4s_tui.domain.state import AppState
from s4s_tui.domain.text import clean, clean_lines
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages import ChoiceMade
from s4s_tui.ui.messages_orders import OrderWanted
from s4s_tui.ui.messages_post import PrepaidWanted
from s4s_tui.ui.send_view import NO_PRICE, balance_words, enter_words, parts_words
from s4s_tui.ui.sending import ConfirmingScreen
from s4s_tui.ui.text import sats
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.topbar import TopBar


class PreviewScreen(ConfirmingScreen):
    """Enter makes the order, once; by invoice that is free, from a balance it is asked about first."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "order", "Order", id="preview.order", tooltip="Make the order"),
        Binding("escape", "app.pop_screen", "Change it", id="preview.back", tooltip="Back to what is written"),
        Binding("down,j,pagedown,ctrl+d", "scroll(3)", "Down", show=False, id="preview.down", tooltip="Scroll down"),
        Binding("up,k,pageup,ctrl+u", "scroll(-3)", "Up", show=False, id="preview.up", tooltip="Scroll up"),
    )

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self._tried = False
        """It was ordered from here: what comes of that is said here."""
        self._asking = False
        self._said = ""
        self.written: Content | None = None
        """The words as they were drawn last."""

    def where(self) -> str:
        """For the line on top."""
        return f"{'Send an e-mail' if self.draft.kind is Kind.EMAIL else 'Send an SMS'} ▸ Preview"

    def compose(self) -> ComposeResult:
        """The words, and below them what goes on."""
        yield TopBar()
        with VerticalScroll(id="facts", can_focus=False):
            yield Static("", id="words", markup=False)
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Let typed keys on."""
        self.call_later(self.post_message, ChoiceMade())

    def show(self, state: AppState) -> None:
        """Draw what changed."""
        words = self._words(state)
        if words != self.written:
            self.written = words
            self.query_one("#words", Static).update(words)
        hint, text = self.query_one("#hint", Static), self._hint(state)
        if str(hint.content) != text:
            hint.update(Content(text))
        hint.set_class(bool(self._said or (self._tried and state.order_error)), "-trouble")
        self.refresh_bindings()

    def tell(self, sentence: str) -> None:
        """Say why nothing was ordered; it can be tried again."""
        self._asking, self._said = False, sentence
        if self.is_whole():
            self.show(self.app.state)

    def tried(self) -> None:
        """The order is being made: what comes of that is said here."""
        self._tried, self._asking, self._said = True, False, ""

    def _words(self, state: AppState) -> Content:
        draft = self.draft
        what = "E-mail to" if draft.kind is Kind.EMAIL else "SMS to"
        to = [(clean(draft.country_name, 300), "bold")]
        if draft.country_name != draft.recipient:
            to.append((f"   ({draft.recipient})", "$foreground-muted"))
        lines = clean_lines(draft.message).split("\n")
        bars = Content("\n").join([Content.assemble(("┃ ", "$accent"), line) for line in lines])
        how = f", {balance_words(state.account)}" if draft.prepaid else ", by invoice"
        parts = [
            Content.assemble((f"{what}  ", "$foreground-muted"), *to),
            bars,
            Content(parts_words(draft)),
            Content.assemble(("Price  ", "$foreground-muted"), (sats(draft.quoted), "bold"), how),
            *([Content(f"What becomes of it is posted to {draft.webhook}")] if draft.webhook else []),
            Content(enter_words(draft)),
        ]
        return Content("\n\n").join(parts)

    def _hint(self, state: AppState) -> str:
        if state.buying is not None:
            what = "Paying from the balance" if state.buying.prepaid else "Asking for an invoice"
            return f"{what}: {state.buying.service_name} · {state.buying.country_name} …"
        if self._asking:
            return "Reading the balance …"
        return self._said or (state.order_error if self._tried else "")

    def action_order(self) -> None:
        """Make the order; from a balance only after a question."""
        draft = self.draft
        if draft.prepaid and draft.quoted is None:
            self.tell(NO_PRICE)
        elif draft.prepaid:
            self._asking, self._said, self._tried = True, "", False
            self.show(self.app.state)
            self.post_message(PrepaidWanted(draft))
        else:
            self.tried()
            self.post_message(OrderWanted(draft))

    def action_scroll(self, lines: int) -> None:
        """Scroll the words where the window is low."""
        self.query_one("#facts", VerticalScroll).scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One order is made at a time."""
        if action == "order":
            return self.app.state.buying is None and not self._asking
        return super().check_action(action, parameters)
