"""The dialog that takes an API key: tried at the server, kept where the person chooses, and shown nowhere."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from s4s_tui.domain.apikey import LONGEST, KeyPlace
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_account import KeyEntered
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.searchbox import SearchBox

_WHAT: Final = "Type or paste it. The server is asked for its balance; the key is kept only where that works."
_ASKING: Final = "Asking the server whether it accepts this key …"
_PLACES: Final = {
    KeyPlace.KEYRING: ("In the keyring", "where this system keeps passwords; it is there at the next start"),
    KeyPlace.FILE: ("In the config file", "as text that only you can read; it is there at the next start"),
    KeyPlace.RUN: ("For this run only", "kept nowhere; it is forgotten when the program ends"),
}


class KeyBox(SearchBox):
    """One line that shows dots; no message about it holds its text, for messages are logged and traced."""

    class Changed(Input.Changed):
        """The value changed; the value is not told."""

        def __repr__(self) -> str:
            return "KeyBox.Changed(***)"

    class Submitted(Input.Submitted):
        """Enter was pressed; the value is not told."""

        def __repr__(self) -> str:
            return "KeyBox.Submitted(***)"

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "submit", "Try it", id="key.enter", tooltip="Ask the server, and keep it if it works"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.password = True
        self.max_length = LONGEST + 1  # one more: what is too long is said, not cut off

    @property
    def selected_text(self) -> str:
        """Nothing: what is copied of dots would be the key."""
        return ""

    def action_copy(self) -> None:
        """Not from here."""

    def action_cut(self) -> None:
        """Not from here."""

    def on_paste(self, event: events.Paste) -> None:
        """Put all of it in, without the line breaks that a copy brings along."""
        event.prevent_default()
        event.stop()
        pasted, event.text = Secret("".join(event.text.split())[: LONGEST + 1]), ""  # a traceback shows events
        start, end = sorted(self.selection)
        self.replace(pasted.reveal(), start, end)


class KeyScreen(Dialog[None]):
    """Stays open until the server has accepted the key; what went wrong is said in it."""

    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("down", "choose(1)", "Where to keep it", id="key.next", tooltip="The next place to keep it in"),
        Binding("up", "choose(-1)", "Place before", show=False, id="key.before", tooltip="The place before"),
        Binding("escape", "dismiss(None)", "Close", id="key.close", tooltip="Close this; a key that works is kept"),
    )
    box = getters.query_one(KeyBox)

    def __init__(self, choices: Sequence[KeyPlace], origin: str, demo_key: str) -> None:
        """Where it can be kept, the best first; where the key of now is from, in words; the demo's key, or ""."""
        super().__init__()
        self._choices = tuple(choices)
        self._demo_key = demo_key
        self._origin = origin
        self._at = 0
        self.asking = False
        """The server is being asked."""

    def compose(self) -> ComposeResult:
        """The line for the key, the places to keep it, and what came of it."""
        with Vertical(id="dialog"):  # a scrolling container would take the arrows
            yield Static(Content.styled("Enter the API key", "bold"))
            yield Static(Content(_WHAT), id="what")
            with Horizontal(id="line"):
                yield Label("Key")
                yield KeyBox()
            if self._demo_key:
                yield Static(Content.assemble("In the demo: ", (self._demo_key, "bold $accent")), id="demo")
            yield Static(self._places(), id="places")
            yield Static("", id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """What is not said takes no room."""
        self.query_one("#said").display = False

    def _places(self) -> Content:
        if self._choices == (KeyPlace.RUN,):
            return Content(self._why_this_run())
        lines = [Content("Where to keep it (↑ ↓):")]
        for at, place in enumerate(self._choices):
            name, meaning = _PLACES[place]
            chosen = at == self._at
            lines.append(
                Content.assemble(
                    (f"{'▸' if chosen else ' '} {name}: ", "bold $accent" if chosen else ""),
                    (meaning, "" if chosen else "$foreground-muted"),
                )
            )
        return Content("\n").join(lines)

    def _why_this_run(self) -> str:
        if self._demo_key:
            return "In the demo it is kept for this run only."
        if self._origin.startswith("from "):
            return f"It counts for this run only: at the next start the one {self._origin} counts again."
        return "It is kept for this run only, and forgotten when the program ends."

    def action_choose(self, step: int) -> None:
        """Choose another place."""
        self._at = (self._at + step) % len(self._choices)
        self.query_one("#places", Static).update(self._places())

    @on(Input.Submitted)
    def _try(self) -> None:
        if not self.asking:
            self.asking = True
            self._say(_ASKING)
            self.post_message(KeyEntered(Secret(self.box.value), self._choices[self._at]))

    @on(Input.Changed)
    def _changed(self) -> None:
        if not self.asking:
            self._say("")

    def answer(self, sentence: str) -> None:
        """Say what came of it; another key, or another place, can be tried now."""
        self.asking = False
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        said = self.query_one("#said", Static)
        if str(said.content) != sentence:
            said.display = bool(sentence)
            said.update(Content(sentence))
            said.call_after_refresh(said.scroll_visible, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to choose where there is one place."""
        return len(self._choices) > 1 if action == "choose" else super().check_action(action, parameters)
