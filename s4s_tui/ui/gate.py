"""Keys typed ahead: after Enter they wait for the screen that Enter leads to, and none is lost.

Without it the letters typed right behind an Enter would still land in the search of the screen being left.
"""

from collections import deque

from textual import events

_PASSING = frozenset({"escape", "ctrl+c", "ctrl+q", "ctrl+z"})


class KeyGate:
    """Holds keys back while a choice is on its way to the next screen."""

    def __init__(self) -> None:
        self._closed = False
        self._held: deque[events.Key] = deque()

    def close(self) -> None:
        """Hold the keys that come from now on."""
        self._closed = True

    def holds(self, event: events.Key) -> bool:
        """Take the key for later; False where it may pass. Esc and the keys that leave the program let all go."""
        if not self._closed:
            return False
        if event.key in _PASSING:
            self._closed = False
            self._held.clear()
            return False
        self._held.append(event)
        return True

    def open(self) -> None:
        """Hold nothing more; what is held comes out by `release`."""
        self._closed = False

    def release(self) -> events.Key | None:
        """The next key that was held, None where there is none or the gate has closed again."""
        return self._held.popleft() if self._held and not self._closed else None
