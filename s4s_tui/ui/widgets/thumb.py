"""The thumb of a scroll bar, drawn where it moves only: a whole bar is 50 bytes a line."""

from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar


def move_thumb(bar: ScrollBar, position: float) -> None:
    """Move the thumb of a vertical bar to that line, and draw the cells that look different for it."""
    before = _cells(bar)
    bar.set_reactive(ScrollBar.position, bar.validate_position(position))
    for y, (old, new) in enumerate(zip(before, _cells(bar), strict=True)):
        if old != new:
            bar.refresh(Region(0, y, bar.size.width, 1))


def _cells(bar: ScrollBar) -> list[Segment]:
    """What the bar shows from top to bottom, in any colours."""
    drawn = bar.renderer.render_bar(
        size=bar.size.height,
        virtual_size=bar.window_virtual_size,
        window_size=bar.window_size,
        position=bar.position,
        thickness=bar.size.width,
    )
    return list(drawn.segments)
