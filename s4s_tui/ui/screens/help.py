"""The keys that work on the screen below, made from its bindings, so that it cannot be out of date."""

from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from s4s_tui.ui.base import Dialog
from s4s_tui.ui.groups import GROUPS, group_of, grouped
from s4s_tui.ui.widgets.keybar import KeyBar, key_name

Lines = list[tuple[str, str]]
"""Keys and what they do."""
_COLUMNS_FROM = 130
"""The width of the window in cells from which on there are two columns."""

_BESIDE_FROM = 56
"""The width from which on there is room for what a key does beside it."""
_LEAST = 16
"""Cells for what a key does, however small the window."""


def help_groups(screen: Screen[object]) -> list[tuple[str, Lines]]:
    """The keys that work on the screen by what they are for, each thing once with all its keys."""
    found: dict[str, dict[str, list[str]]] = {group.description: {} for group in GROUPS}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.tooltip:
            found[group_of(binding).description].setdefault(binding.tooltip, []).append(key_name(key))
    return [
        (heading, [(" ".join(dict.fromkeys(names)), words) for words, names in keys.items()])
        for heading, keys in found.items()
        if keys
    ]


def help_text(groups: list[tuple[str, Lines]], room: int, *, narrow: bool) -> Content:
    """The groups below each other, each under its heading.

    Args:
        groups: headings with their keys.
        room: cells in a line; words that need more go on below where they began.
        narrow: what keys do stands below them.
    """
    width = max((len(keys) for _, lines in groups for keys, _ in lines), default=0)
    parts: list[Content] = []
    for heading, lines in groups:
        margin = 2 if narrow else width + 2
        rows = [
            Content.assemble(
                (f"{keys}\n" if narrow else f"{keys:<{width}}", "bold $accent"),
                "  ",
                f"\n{' ' * margin}".join(wrap(words, max(room - margin, _LEAST))),
            )
            for keys, words in lines
        ]
        parts.append(Content("\n").join([Content.styled(heading, "bold"), *rows]))
    return Content("\n\n").join(parts)


def halves(groups: list[tuple[str, Lines]]) -> tuple[list[tuple[str, Lines]], list[tuple[str, Lines]]]:
    """The groups in two columns of about the same height, in their order."""
    total = sum(len(lines) + 2 for _, lines in groups)
    best = min(range(1, len(groups) + 1), key=lambda at: abs(total - 2 * sum(len(ls) + 2 for _, ls in groups[:at])))
    return groups[:best], groups[best:]


class HelpScreen(Dialog[None]):
    """A list of keys."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("escape,question_mark,f1,q", "dismiss(None)", "Close", id="help.close", tooltip="Close this"),
        Binding("down,j,pagedown,ctrl+d", "scroll(3)", "Down", id="help.down", show=False, tooltip="Scroll down"),
        Binding("up,k,pageup,ctrl+u", "scroll(-3)", "Up", id="help.up", show=False, tooltip="Scroll up"),
    )

    def __init__(self, groups: list[tuple[str, Lines]]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        """The list in a box that scrolls where the window is low."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Static(Content.styled("Keys that work here", "bold"))
            with Horizontal(id="columns"):
                yield Static(id="first")
                yield Static(id="second")
        yield KeyBar()

    def on_mount(self) -> None:
        """The words, in as many columns as fit; once more when it is known how wide those are."""
        self._fill()
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Another width may have another number of columns."""
        self._fill()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        wide = self.app.size.width >= _COLUMNS_FROM and len(self._groups) > 1
        first, second = halves(self._groups) if wide else (self._groups, [])
        self.set_class(wide, "-columns")
        narrow = self.app.size.width < _BESIDE_FROM
        for name, part in (("#first", first), ("#second", second)):
            column = self.query_one(name, Static)
            column.update(help_text(part, column.size.width or self.app.size.width, narrow=narrow))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
