"""A table to pick one row of many from: draws only the rows in sight, so that 1,717 of them cost what 20 do."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from s4s_tui.ui.widgets.thumb import move_thumb

T = TypeVar("T")


class Column(NamedTuple):
    """A column.

    Attributes:
        title: its heading.
        width: cells; 0 takes what the others leave.
        right: aligned to the right.
        from_width: the table's width in cells below which the column is left out.
        to_width: the width from which on it is left out, for others that say the same; 0 for none.
    """

    title: str
    width: int = 0
    right: bool = False
    from_width: int = 0
    to_width: int = 0

    def fits(self, width: int) -> bool:
        """Whether it is shown in a table of that width."""
        return self.from_width <= width and (not self.to_width or width < self.to_width)


class _Line(NamedTuple):
    """A line in sight."""

    text: str
    dim: bool = False
    at_cursor: bool = False

    def cells_unlike(self, other: "_Line", width: int) -> int:
        """From the left, the cells to draw where one stands instead of the other; both have that width."""
        if self == other:
            return 0
        if self[1:] != other[1:]:
            return width
        pairs = zip(reversed(self.text), reversed(other.text), strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        # Whole words, for a character may be joined to the one before it.
        _, blank, rest = self.text[len(self.text) - alike :].partition(" ")
        return width - cell_len(blank + rest)


class PickTable(ScrollView, Generic[T], can_focus=True, inherit_bindings=False):
    """Rows of any values; `cells` writes one as texts, `dim` says which are there but not to be had.

    It has no keys of its own: a scroll view's arrows would scroll and leave the mark behind; the screen moves it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"picktable--header", "picktable--cursor", "picktable--dim"}
    DEFAULT_CSS = """
    PickTable {
        width: 1fr; height: 1fr; background: $background; color: $foreground;
        overflow-x: hidden; scrollbar-size-vertical: 1;
        & .picktable--header { color: $text-muted; }
        & .picktable--cursor { background: $primary-muted; color: $foreground; text-style: bold; }
        & .picktable--dim { color: $text-muted; }
    }
    """

    class Activated(Message):
        """The row under the cursor was clicked."""

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[T], Sequence[str]],
        dim: Callable[[T], bool] = lambda _row: False,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._cells = cells
        self._dim = dim
        self._rows: Sequence[T] = ()
        self._drawn: dict[int, _Line] = {}
        """The lines in sight, by their place below the heading."""
        self.cursor = 0

    @property
    def row(self) -> T | None:
        """The row under the cursor, None in an empty table."""
        return self._rows[self.cursor] if self._rows else None

    @property
    def rows(self) -> Sequence[T]:
        """All rows."""
        return self._rows

    def set_rows(self, rows: Sequence[T], *, cursor: int = 0) -> None:
        """Show these rows, the cursor on the row with that index."""
        self._take(rows, cursor)
        self.refresh()

    def update_rows(self, rows: Sequence[T], *, cursor: int = 0) -> None:
        """Like `set_rows`, but only lines in sight that say something else now are drawn anew."""
        self._take(rows, cursor)
        self._draw_changes()

    def _draw_changes(self) -> None:
        """Draw the lines that say something else now, up to the last cell that differs, and not the scroll bar.

        A list that scrolls takes 1,800 bytes for a key this way, and took 3,100.
        """
        whole = self.scrollable_content_region.width
        for y in range(self.page):
            before = self._drawn.get(y)
            cells = whole if before is None else before.cells_unlike(self._line(y), self.size.width)
            if cells:
                self.refresh(Region(0, y + 1, min(whole, cells), 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual's would draw all anew."""
        if self.show_vertical_scrollbar:
            move_thumb(self.vertical_scrollbar, new_value)
        if round(old_value) != round(new_value):
            self._draw_changes()

    def _take(self, rows: Sequence[T], cursor: int) -> None:
        self._rows = rows
        self.cursor = max(0, min(cursor, len(rows) - 1))
        # It never scrolls sideways, so its width does not matter; one that changed would lay the screen out again.
        self.virtual_size = Size(1, len(rows) + 1)
        if not self.size and len(rows) > self.app.size.height:
            self.show_vertical_scrollbar = True  # known before the first layout, which else is drawn twice (3 kB)
        self._keep_in_sight()

    def _line(self, y: int) -> _Line:
        """A line in sight; blank below the last row."""
        index = self.scroll_offset.y + y
        if index >= len(self._rows):
            return _Line(" " * self.size.width)
        row, marked = self._rows[index], index == self.cursor
        return _Line(self._text("▸ " if marked else "  ", self._cells(row)), self._dim(row), marked)

    def move(self, step: int) -> None:
        """Move the cursor by so many rows, stopping at both ends."""
        self.move_to(self.cursor + step)

    def move_to(self, index: int) -> None:
        """Move the cursor to a row; an index beyond an end means that end."""
        self.cursor = max(0, min(index, len(self._rows) - 1))
        self._keep_in_sight()
        self._draw_changes()

    @property
    def page(self) -> int:
        """How many rows are in sight."""
        return max(1, self.size.height - 1)

    def _keep_in_sight(self) -> None:
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + self.page:
            self.scroll_to(y=self.cursor - self.page + 1, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Keep the cursor in sight in the new size."""
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor chooses."""
        line = self.scroll_offset.y + event.y - 1
        if event.y == 0 or line >= len(self._rows):
            return
        if line == self.cursor:
            self.post_message(self.Activated())
        else:
            self.move_to(line)

    def render_line(self, y: int) -> Strip:
        """The heading, then one row a line."""
        width = self.size.width
        if y == 0:
            text = self._text("  ", [column.title for column in self._columns])
            return Strip([Segment(text, self.get_component_rich_style("picktable--header"))], width)
        self._drawn[y - 1] = line = self._line(y - 1)
        style = self.rich_style
        if line.dim:
            style = self.get_component_rich_style("picktable--dim")
        if line.at_cursor:
            style = style + self.get_component_rich_style("picktable--cursor")
        return Strip([Segment(line.text, style)], width)

    def _text(self, mark: str, texts: Sequence[str]) -> str:
        """A line over the whole width."""
        width = self.size.width
        columns = [(number, column) for number, column in enumerate(self._columns) if column.fits(width)]
        free = width - 3 - sum(column.width + 2 for _, column in columns if column.width)
        parts = []
        for number, column in columns:
            size = column.width or max(4, free)
            text = texts[number] if texts[number].isprintable() else _cleaned(texts[number])
            if cell_len(text) > size:
                text = set_cell_size(text, size - 1) + "…"
            blanks = " " * (size - cell_len(text))
            parts.append(blanks + text if column.right else text + blanks)
        return set_cell_size(f" {mark}"[-2:] + "  ".join(parts), width)


def _cleaned(text: str) -> str:
    from s4s_tui.domain.text import clean  # rarely needed

    return clean(text)
