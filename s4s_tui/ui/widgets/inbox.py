"""What a rented number received: a list with a mark, newest on top."""

from collections.abc import Sequence

from s4s_tui.domain.hiding import HIDDEN
from s4s_tui.ui.base import StatefulApp
from s4s_tui.ui.rental_words import Message
from s4s_tui.ui.text import time_of_day
from s4s_tui.ui.widgets.picktable import Column, PickTable


class Inbox(PickTable[Message]):
    """The mark stays on its message when others come, but on the newest one where it is on that."""

    def __init__(self) -> None:
        super().__init__([Column("Received", 15), Column("Message")], self._texts_of)

    def _texts_of(self, message: Message) -> Sequence[str]:
        assert isinstance(self.app, StatefulApp)
        line = HIDDEN if self.app.state.preferences.mask else message.line
        return time_of_day(message.at, self.app.now()), line

    def show_messages(self, messages: Sequence[Message]) -> None:
        """List these, newest first."""
        marked = self.row
        at = messages.index(marked) if self.cursor and marked in messages else 0
        self.update_rows(messages, cursor=at)
