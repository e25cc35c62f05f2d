"""One line of choices with their counts; the chosen one has a mark, not a colour alone."""

from collections.abc import Mapping
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from s4s_tui.ui.order_rows import Show

_SHORT: Final = {Show.NO_CODE: "Other"}
"""Where the line is too narrow for the whole words."""


class ShowLine(Widget):
    """Which orders the list shows; drawn anew only when a word of it changes. A click chooses."""

    DEFAULT_CSS = """
    ShowLine { height: 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._now: tuple[Show, dict[Show, int]] = (Show.ALL, {})

    def update_counts(self, chosen: Show, counts: Mapping[Show, int]) -> None:
        """Show which choice is made, and how many orders each has."""
        now = (chosen, dict(counts))
        if now != self._now:
            self._now = now
            self.refresh()

    def render(self) -> Content:
        """All choices on the line, in short words where they do not fit."""
        texts = self._texts({})
        if sum(cell_len(text) + 1 for text in texts.values()) - 1 > self.size.width:
            texts = self._texts(_SHORT)
        return Content(" ").join([self._choice(show, text) for show, text in texts.items()])

    def _texts(self, words: Mapping[Show, str]) -> dict[Show, str]:
        chosen, counts = self._now
        return {
            show: f"{'▸' if show is chosen else ' '} {words.get(show, show.value)} {count:,}"
            for show, count in counts.items()
        }

    def _choice(self, show: Show, text: str) -> Content:
        style = "bold $foreground" if show is self._now[0] else ""
        return Content.styled(text, style).stylize(Style.from_meta({"@click": f"screen.show_only('{show.name}')"}))
