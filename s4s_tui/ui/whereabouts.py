"""Where a file is that was just written: for the parts of the desk that write one."""

import time

from s4s_tui.ui.part import Part

_READING = 30.0
"""Seconds that a file's path stays: it has to be found in another program."""


class Whereabouts(Part):
    """One path at a time, until there was time to read it or another screen is shown: it covers what is below it."""

    _named_until = 0.0

    def name_file(self, words: str, title: str) -> None:
        """Say where the file is, in words with its path."""
        if not self._named_until:
            self.app.screen_change_signal.subscribe(self.app, lambda _screen: self._forget_name(), immediate=True)
        self._forget_name()
        self._named_until = time.monotonic() + _READING
        self.app.notify(words, title=title, timeout=_READING, markup=False)

    def _forget_name(self) -> None:
        if self._named_until > time.monotonic():
            self._named_until = -1
            self.app.clear_notifications()
