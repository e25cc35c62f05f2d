"""The unsent message, kept in the journal's settings: it survives a closed screen, a crash and a power cut."""

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Draft
from s4s_tui.domain.letters import Unsent, from_text, to_text
from s4s_tui.services.book import OrderBook
from s4s_tui.services.ports import Clock, Journal

DRAFT = "draft"
"""The journal's key of the unsent message."""
GAP = 1.0
"""Seconds between two writes at the least."""


class Drafts:
    """Keeps what is typed, at most one write a second. A journal in trouble says so itself; nothing is raised."""

    def __init__(self, book: OrderBook, journal: Journal, clock: Clock) -> None:
        self._book = book
        self._journal = journal
        self._clock = clock
        self._unwritten: Unsent | None = None
        self._writing = False

    async def get(self) -> Unsent:
        """What was kept last, blank where nothing was or where it cannot be read."""
        if self._unwritten is not None:
            return self._unwritten
        try:
            return from_text(await self._journal.recall(DRAFT))
        except JournalError:
            return Unsent()

    def put(self, unsent: Unsent) -> bool:
        """Note what is to be kept; whether `write` is to be called, because it does not run already."""
        self._unwritten = unsent
        return not self._writing

    async def write(self) -> None:
        """Write what was noted, and go on once a second until nothing new was noted or the journal is in trouble."""
        if self._writing:
            return
        self._writing = True
        try:
            while self._unwritten is not None and await self.flush():
                await self._clock.sleep(GAP)
        finally:
            self._writing = False

    async def flush(self) -> bool:
        """Write now what was noted; whether that was possible."""
        unsent = self._unwritten
        if unsent is None:
            return True
        try:
            await self._book.keep(lambda: self._journal.remember(DRAFT, to_text(unsent)))
        except JournalError:  # published by the book; kept in memory, and tried again with the next letter
            return False
        if self._unwritten is unsent:
            self._unwritten = None
        return True

    async def clear(self, sent: Draft) -> None:
        """Forget what has been ordered."""
        self.put((await self.get()).without(sent))
        await self.flush()
