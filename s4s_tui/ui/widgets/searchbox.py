"""The line that a list is searched with."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from s4s_tui.ui.groups import grouped


class SearchBox(Input, inherit_bindings=False):
    """The search: no blinking cursor (2 kB/s for ever over SSH); Enter chooses, also as it arrives before raw mode.

    It has an input's keys and not those by which Textual scrolls one: up and down are the list's.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(key for key in Input.BINDINGS if isinstance(key, Binding) and key.action != "submit"),
        *grouped(
            Binding("enter,ctrl+j", "submit", "Choose", id="search.choose", tooltip="Choose the row with the mark"),
        ),
    ]

    def __init__(self, value: str = "") -> None:
        super().__init__(value, compact=True, max_length=60, id="search")
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Act on the search's own keys at once, as Textual does on letters: else a letter overtakes a backspace.

        Textual lets a key with a binding go up to the app first, so letters that come in the same burst (typed fast
        over SSH) would be put in before it.
        """
        action = _SEARCH_KEYS.get(event.key)
        if action is not None and await self.app.run_action(action, default_namespace=self):
            event.stop()
            event.prevent_default()


_SEARCH_KEYS = {key.key: key.action for key in Binding.make_bindings(Input.BINDINGS) if key.action != "submit"}
"""The keys that edit the search; Enter is not among them, so that it does not overtake the arrows before it."""
