"""Ctrl+P: the palette knows what works on the screen below it, and goes to countries, services and open orders."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.actions import parse
from textual.app import SystemCommand
from textual.binding import ActiveBinding, Binding
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, TextArea

from s4s_tui.ui.base import StatefulApp
from s4s_tui.ui.keys import full_name, types
from s4s_tui.ui.messages import ChoiceMade

if TYPE_CHECKING:
    from textual.command import Provider


def _everything() -> "type[Provider]":
    from s4s_tui.ui.palette import Everything  # of use only when the palette is opened

    return Everything


class Commands(StatefulApp):
    """Remembers what worked when the palette was opened: above the screen, most actions say that they do not."""

    COMMANDS: ClassVar[set["type[Provider] | Callable[[], type[Provider]]"]] = {_everything}
    """One for all: of several, whichever is the first to answer comes first."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.worked: tuple[ActiveBinding, ...] = ()
        """What keys did on the screen from which the palette was opened; without a key what a field hid."""

    def action_command_palette(self) -> None:
        """Open the palette."""
        working = tuple(key for key in self.screen.active_bindings.values() if key.enabled)
        self.worked = (*working, *self._typed_instead())
        super().action_command_palette()

    def _typed_instead(self) -> Iterator[ActiveBinding]:
        """What letters would do that a field takes as text now."""
        if not isinstance(self.focused, Input | TextArea):
            return
        for node in (self.screen, self):
            own = (binding for each in type(node).__mro__ for binding in each.__dict__.get("BINDINGS", ()))
            for binding in own:
                if isinstance(binding, Binding) and any(types(full_name(key)) for key in binding.key.split(",")):
                    _namespace, action, parameters = parse(binding.action)
                    if node.check_action(action, parameters):
                        yield ActiveBinding(node, replace(binding, key=""), True, binding.tooltip)

    @on(CommandPalette.Closed)
    def _let_keys_on_from_the_palette(self, event: CommandPalette.Closed) -> None:
        """The keys typed behind its Esc are meant for the screen below."""
        if not event.option_selected:
            self.call_later(self.post_message, ChoiceMade())

    @on(events.DescendantFocus)
    def _hold_the_cursor(self, event: events.DescendantFocus) -> None:
        """The search of Textual's palette blinks: 1.4 kB a second for as long as it is open."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What no key of ours does: of Textual's own only the themes; the others have keys."""
        yield from (command for command in super().get_system_commands(screen) if command.title == "Theme")
