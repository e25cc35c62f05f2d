"""What there is to say below a list."""

from textual.content import Content
from textual.widgets import Static


class Hint(Static):
    """A sentence that changes with the marked row; one that needs more lines than all before it lays the screen out.

    Laying it out draws the whole list: 5,200 bytes for one key instead of 500. So the room, once there, stays.
    """

    def __init__(self) -> None:
        super().__init__("", id="hint", markup=False)
        self._text = Content("")
        self._width = 0
        self._most = 0
        """The most lines that were wanted in this width; there may be room for fewer."""

    def say(self, words: str) -> None:
        """Show the words, where they are others."""
        if self._text.plain == words:
            return
        self._text = Content(words)
        width, room = self.content_size
        lines = len(self._text.wrap(width)) if width else 0
        grows = lines > max(room, self._most)
        if grows:
            self.styles.min_height = self._most = lines
        self.update(self._text, layout=grows or not width)

    def on_resize(self) -> None:
        """In another width the room is begun anew."""
        width = self.content_size.width
        if width != self._width:
            self._width, self._most = width, 0
            self.styles.clear_rule("min_height")
