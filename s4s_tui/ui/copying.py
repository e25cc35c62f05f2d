"""Copies: the part of the desk that puts text where the person can paste it, and takes it back after a while."""

import os
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.messages_orders import CopyWanted
from s4s_tui.ui.part import Part, Working

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from s4s_tui.domain.order import Order
    from s4s_tui.terminal.clipboard import Clipboard, Copied


FILE: Final = "clipboard.txt"
"""In the data folder: what no clipboard took."""
_SHORT: Final = 3.0
_READING: Final = 15.0
"""Seconds that the words stay: a path has to be read."""


class Copying(Part):
    """Copies by the person's choice, and says which way it went."""

    def __init__(self, app: Working) -> None:
        super().__init__(app)
        self._forgetting: Timer | None = None

    @cached_property
    def _copier(self) -> "Clipboard":
        from s4s_tui.terminal.clipboard import Clipboard

        return Clipboard(os.environ, self.app.copy_to_clipboard)

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case CopyWanted(text, what):
                self.app.work(partial(self.copy_text, text, what), "write")
            case _:
                super().take(intent)

    async def copy_text(self, text: str, what: str) -> None:
        """Put it on the clipboard, and say what that means here."""
        copied = await self._copied(text)
        self.app.notify(f"{what.capitalize()}: {self._told(copied)}", timeout=_time(copied), markup=False)

    def copy_code(self, order: "Order") -> None:
        """Copy a code that has just arrived, where that is wished."""
        if order.code is not None and self.app.state.preferences.copy_code:
            self.app.work(partial(self._copy_arrived, order, order.code), "write")

    async def _copy_arrived(self, order: "Order", code: str) -> None:
        from s4s_tui.ui.words import place_words

        copied = await self._copied(code)
        words = f"{place_words(order)}: the code was copied as it came. {self._told(copied)}"
        self.app.notify(words, timeout=max(_time(copied), 5), markup=False)

    async def _copied(self, text: str) -> "Copied":
        from s4s_tui.services.newfile import write_over

        folder = (await self.app.connection()).outside.folder

        def keep(text: str) -> "Path":
            return write_over(folder / FILE, text.encode())

        copied = await self._copier.copy(text, keep, self.app.state.preferences.clipboard)
        if copied.ways:
            self._forget_after(self.app.state.preferences.clear_clipboard)
        return copied

    def _forget_after(self, seconds: int) -> None:
        if self._forgetting is not None:
            self._forgetting.stop()
        self._forgetting = self.app.set_timer(seconds, self._forget_in_time) if seconds else None
        if not seconds:
            self._copier.leave()

    def _told(self, copied: "Copied") -> str:
        seconds = self.app.state.preferences.clear_clipboard
        return f"{copied.sentence} For {seconds} s." if seconds and copied.ways else copied.sentence

    def _forget_in_time(self) -> None:
        self._forgetting = None
        self.app.work(self._copier.forget, "write")

    def forget_on_terminal(self) -> None:
        """At the end of the program, while the terminal is there: a copy that has its time is taken back."""
        if self._forgetting is not None:
            self._copier.forget_on_terminal()

    async def forget(self) -> None:
        """The same for every other clipboard."""
        if self._forgetting is not None:
            self._forgetting = None
            await self._copier.forget()


def _time(copied: "Copied") -> float:
    from s4s_tui.terminal.clipboard import Way

    return _SHORT if copied.ways and Way.FILE not in copied.ways else _READING
