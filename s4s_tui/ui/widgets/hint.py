"""What there is to say below a list."""

from textual.content import Content
from textual.widgets import Static


class Hint(Static):
    """A sentence that changes with the marked row; only another number of lines lays the screen out anew.

    Laying it out draws the whole list: 4,000 bytes for one key instead of 500.
    """

    def __init__(self) -> None:
        super().__init__("", id="hint", markup=False)
        self._text = Content("")

    def say(self, words: str) -> None:
        """Show the words, where they are others."""
        if self._text.plain == words:
            return
        before, self._text = self._text, Content(words)
        self.update(self._text, layout=self._lines(before) != self._lines(self._text))

    def _lines(self, text: Content) -> int:
        width = self.content_size.width
        return max(1, len(text.wrap(width))) if width else 0
