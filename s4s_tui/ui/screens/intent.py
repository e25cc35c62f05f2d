"""An order whose making has an unknown outcome: what is known, and what can be done. Nothing is sent by itself."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.history import Intent
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.intent_view import AGAIN_PREPAID, intent_view
from s4s_tui.ui.messages_orders import IntentDismissed, OrderWanted
from s4s_tui.ui.order_rows import UNKNOWN_OUTCOME
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.find import FindScreen
from s4s_tui.ui.widgets.keybar import KeyBar, key_name
from s4s_tui.ui.widgets.topbar import TopBar

_DISMISS = "Take this note off the list? It says nothing that could be found again: no order id is known."


def ask_dismissal(screen: StateScreen, intent: Intent) -> None:
    """Ask on this screen whether a note leaves the list."""

    def answered(wanted: bool | None) -> None:
        if wanted:
            screen.post_message(IntentDismissed(intent))

    screen.app.push_screen(Confirm(_DISMISS, yes="Take it off", no="Leave it"), answered)


class IntentScreen(StateScreen):
    """Closes by itself when the note is taken off the list, here or by another program."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("m", "again", "Make again", id="intent.again", tooltip="Make the order again, as a new one"),
        Binding("f", "find", "Find", id="intent.find", tooltip="Find an order by its id, payment hash or invoice"),
        Binding("delete,backspace", "dismiss_note", "Remove", id="intent.remove", tooltip="Take the note off the list"),
        Binding("escape", "app.pop_screen", "Back", id="intent.back", tooltip="Back; the note stays"),
        Binding("down,j,pagedown,ctrl+d", "scroll(3)", "Down", show=False, id="intent.down", tooltip="Scroll down"),
        Binding("up,k,pageup,ctrl+u", "scroll(-3)", "Up", show=False, id="intent.up", tooltip="Scroll up"),
    )

    def __init__(self, intent: Intent) -> None:
        super().__init__()
        self.intent = intent
        self._tried = False
        """It was made again from here: what comes of that is said here."""
        self._said: Content | None = None

    def where(self) -> str:
        """For the line on top."""
        return "Order with an unknown outcome"

    def compose(self) -> ComposeResult:
        """The words, and below them what goes on."""
        yield TopBar()
        with VerticalScroll(id="facts", can_focus=False):
            yield Static("", id="words", markup=False)
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    def show(self, state: AppState) -> None:
        """Draw the words anew where the note changed; close where it is gone."""
        intent = next((one for one in state.intents if one.intent_id == self.intent.intent_id), None)
        if intent is None:
            self.app.pop_screen()
            return
        self.intent = intent
        words = self._words()
        if words != self._said:
            self._said = words
            self.query_one("#words", Static).update(words)
        hint = self.query_one("#hint", Static)
        if str(hint.content) != (text := self._hint(state)):
            hint.update(Content(text))
        self.refresh_bindings()

    def _words(self) -> Content:
        view = intent_view(self.intent, self.app.now())
        keys = [(key_name(key), words) for key, words in view.choices]
        width = max(len(key) for key, _ in keys)
        choices = [Content.assemble((f"{key:<{width}}", "bold $accent"), f"  {words}") for key, words in keys]
        parts = [
            Content.assemble((UNKNOWN_OUTCOME, "bold $warning"), "\n", (view.title, "bold")),
            Content(f"{view.when}\n{view.what}"),
            Content.styled(view.money, "bold"),
            *([Content(view.check)] if view.check else []),
            Content("\n").join(choices),
        ]
        return Content("\n\n").join(parts)

    def _hint(self, state: AppState) -> str:
        if state.buying is not None:
            return f"Asking for an invoice: {state.buying.service_name} · {state.buying.country_name} …"
        return state.order_error if self._tried else ""

    def action_again(self) -> None:
        """Make the order again: free until it is paid, so without a question; from a balance only after one."""
        if self.intent.draft.prepaid:
            question = Confirm(AGAIN_PREPAID, yes="Make it again", no="Leave it")
            self.app.push_screen(question, self._answered)
        else:
            self._answered(True)

    def _answered(self, wanted: bool | None) -> None:
        if wanted:
            self._tried = True
            self.post_message(OrderWanted(self.intent.draft))

    def action_find(self) -> None:
        """Find it by its id."""
        self.app.push_screen(FindScreen())

    def action_dismiss_note(self) -> None:
        """Take the note off the list, after a question."""
        ask_dismissal(self, self.intent)

    def action_scroll(self, lines: int) -> None:
        """Scroll the words where the window is low."""
        self.query_one("#facts", VerticalScroll).scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One order is made at a time."""
        if action == "again":
            return self.app.state.buying is None
        return super().check_action(action, parameters)
