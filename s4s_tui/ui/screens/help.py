"""The keys that work on the screen below, made from its bindings, so that it cannot be out of date."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from s4s_tui.ui.widgets.keybar import KeyBar, key_name


def help_lines(screen: Screen[object]) -> list[tuple[str, str]]:
    """Keys and what they do, in the order of the screen's bindings, each thing once with all its keys."""
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.tooltip:
            keys.setdefault(binding.tooltip, []).append(key_name(key))
    return [(" ".join(dict.fromkeys(names)), words) for words, names in keys.items()]


class HelpScreen(ModalScreen[None]):
    """A list of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss(None)", "Close", id="help.close", tooltip="Close this"),
        Binding("down,j", "scroll(1)", "Down", id="help.down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="help.up", show=False, tooltip="Scroll up"),
    ]

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The list in a box that scrolls where the window is low."""
        width = max((len(keys) for keys, _ in self._lines), default=0)
        rows = [Content.assemble((f"{keys:<{width}}", "bold $accent"), f"  {words}") for keys, words in self._lines]
        with VerticalScroll(id="dialog", can_focus=False):
            yield Static(Content.styled("Keys that work here", "bold"))
            yield Static(Content("\n").join(rows))
        yield KeyBar()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
