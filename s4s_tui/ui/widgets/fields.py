"""What a person types into: a line and a message. Their own keys are acted on at once, so that none overtakes another.

Textual lets a key with a binding go up to the app first: letters that come in the same burst (pasted, or typed fast
over SSH) would be put in before it. No cursor blinks (2 kB/s for ever over SSH).
"""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from s4s_tui.domain.letters import typable
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages import ChoiceMade

_ENTER = frozenset({"enter", "ctrl+j"})
LONGEST = 2000
"""Characters that a line takes."""


class Line(Input):
    """One line; Enter and Tab go on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "submit", "Next", show=False, id="line.next", tooltip="On to the next field"),
    )

    def __init__(self, name: str) -> None:
        super().__init__(compact=True, max_length=LONGEST, id=name, classes="field line")
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Act on this line's own keys at once."""
        if await _moves(self, event, _ENTER | {"tab"}):
            return
        action = _LINE_KEYS.get(event.key)
        if action is not None and await self.app.run_action(action, default_namespace=self):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put all lines in, joined by blanks; Textual's own takes the first one only."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = LONGEST - len(self.value) + end - start
        self.replace(" ".join(typable(event.text).split())[:room], start, end)


_LINE_KEYS = {key.key: key.action for key in Binding.make_bindings(Input.BINDINGS) if key.action != "submit"}
_TAKEN = frozenset({"f6", "f7"})
"""Keys that lead somewhere in the whole program; Textual's own message box selects by them."""


class Letter(TextArea, inherit_bindings=False):
    """A message of several lines: Enter makes a new one, Tab goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *grouped(Binding("enter,ctrl+j", "new_line", "New line", id="letter.line", tooltip="A new line in the text")),
        *(key for key in Binding.make_bindings(TextArea.BINDINGS) if key.key not in _TAKEN),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, id="message", classes="field")
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Act on this box's own keys at once."""
        if await _moves(self, event, frozenset({"tab"})):
            return
        action = _LETTER_KEYS.get(event.key)
        if action is not None and await self.app.run_action(action, default_namespace=self):
            event.stop()
            event.prevent_default()

    def action_new_line(self) -> None:
        """Put in a line end, in the place of what is selected."""
        start, end = self.selection
        self.replace("\n", start, end, maintain_selection_offset=False)

    async def on_paste(self, event: events.Paste) -> None:
        """Put in what can be sent of what was pasted."""
        event.prevent_default()
        event.stop()
        start, end = self.selection
        self.replace(typable(event.text), start, end, maintain_selection_offset=False)
        self.scroll_cursor_visible()


_LETTER_KEYS = {key.key: key.action for key in Binding.make_bindings(Letter.BINDINGS)}


async def _moves(field: Line | Letter, event: events.Key, forward: frozenset[str]) -> bool:
    """Go to the next or the field before at once, and let keys on that were held back behind this one."""
    if event.key not in forward and event.key != "shift+tab":
        return False
    event.stop()
    event.prevent_default()
    (field.screen.focus_next if event.key in forward else field.screen.focus_previous)()
    field.post_message(ChoiceMade())
    return True
