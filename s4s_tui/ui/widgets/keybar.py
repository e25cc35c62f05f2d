"""The footer: the keys that work here and now, as many as fit, help always last. A click presses the key."""

from rich.cells import cell_len
from textual import getters
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from s4s_tui.ui.base import StatefulApp, StateScreen

HELP_ACTIONS = frozenset({"app.help", "help"})
_SHORT = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "ctrl+j": "enter",
    "ctrl+q": "^q",
    "delete": "del",
    "comma": ",",
}


def key_name(key: str) -> str:
    """A key as people call it: "?" for question_mark."""
    return _SHORT.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


class KeyBar(Widget):
    """One line at the bottom. Drawn anew only when its keys or words change."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $surface; color: $text-muted; }
    """
    app = getters.app(StatefulApp)

    def __init__(self) -> None:
        super().__init__()
        self._items: list[tuple[str, str, bool]] = []

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.update_keys())
        self.update_keys()

    def update_keys(self) -> None:
        """Read anew which keys work."""
        items = self._read()
        if items != self._items:
            self._items = items
            self.refresh()

    def _read(self) -> list[tuple[str, str, bool]]:
        screen = self.screen
        seen: dict[str, tuple[str, str, bool]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.show or binding.action in seen:
                continue
            label = screen.key_label(binding) if isinstance(screen, StateScreen) else binding.description
            if label and all(label != words for _, words, _ in seen.values()):  # one key of several for one thing
                seen[binding.action] = (self._key_of(binding), label, active.enabled)
        helps = [item for action, item in seen.items() if action in HELP_ACTIONS]
        return [item for action, item in seen.items() if action not in HELP_ACTIONS] + helps

    @staticmethod
    def _key_of(binding: Binding) -> str:
        return binding.key.partition(",")[0]

    def render(self) -> Content:
        """The keys in the order of the screen's bindings; those that do not fit are left to help.

        The way back and help have their place before all others, so that a narrow window never hides them.
        """
        room = self.size.width - 1
        *items, last = self._items or [("", "", True)]
        room -= self._cost(last) - 2
        kept: set[int] = set()
        ways_back = [at for at, item in enumerate(items) if item[0] == "escape"]
        for at in (*ways_back, *(at for at in range(len(items)) if at not in ways_back)):
            cost = self._cost(items[at])
            if cost <= room:
                room -= cost
                kept.add(at)
        parts = [part for at in sorted(kept) for part in (self._item(items[at]), Content("  "))]
        return Content(" ").append(Content("").join([*parts, self._item(last)]))

    @staticmethod
    def _cost(item: tuple[str, str, bool]) -> int:
        """Cells that a key takes, with the two blanks behind it."""
        return cell_len(key_name(item[0])) + cell_len(item[1]) + 3

    @staticmethod
    def _item(item: tuple[str, str, bool]) -> Content:
        key, label, enabled = item
        click = Style.from_meta({"@click": f"app.simulate_key('{key}')"})
        words = Content.assemble(
            (key_name(key), "bold $accent" if enabled else "dim"), (f" {label}", "" if enabled else "dim")
        )
        return words.stylize(click) if key else words
