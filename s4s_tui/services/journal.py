"""The journal on disk: SQLite, every write synced before it returns, all statements on one thread of its own.

What it promises: an order, its history and the intent it came from change in one transaction; two programs may use one
file; a damaged file is set aside, never overwritten; whatever goes wrong is a JournalError with a sentence.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from s4s_tui.domain.errors import JournalError, JournalReplaced
from s4s_tui.domain.history import Happening, Intent, Outcome, Source
from s4s_tui.domain.order import Order
from s4s_tui.services import journal_file, schema, tables
from s4s_tui.services.aside import identity, only_one, set_aside
from s4s_tui.services.journal_file import snapshot, transaction
from s4s_tui.services.place import LEAST_ROOM, room
from s4s_tui.services.ports import Change, Memory, News
from s4s_tui.services.threads import Helpers

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

REQUEST_TIME: Final = 60.0
"""Seconds that a createorder request may take at the very most, its time-outs included."""


class SqliteJournal:
    """`ports.Journal` in one SQLite file (0600; missing folders are made 0700).

    The file is opened by the first call. Where that fails the next call tries again, so a repaired disk is found; a
    file whose disk takes no writes is read all the same. A write that has begun is finished even when the caller is
    cancelled.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        """Args: `path` of the file; `now` gives Unix time, to tell a request under way from a crashed one."""
        self._path = path
        self._now = now
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        """Device and inode of the file that is open: another program may have set it aside meanwhile."""
        self._untold: JournalReplaced | None = None
        """What a question found out whose asker cannot write everything anew: told to the next one who can."""
        self._trouble = ""
        """Why the open file takes no writes, "" where it does."""
        self._version = 0
        self._revision = 0
        self._thread: Helpers | None = Helpers(1, "journal")

    async def load(self) -> Memory:
        """Open the file and read what matters at the start: all open orders and the newest ended ones.

        An intent that is still OPEN is from a crash, or from a second program whose request is under way right now:
        it is left out only while that program runs and the request can still be answered.
        """
        try:
            return await self._on_thread(lambda db: snapshot(db, self._load))
        except JournalReplaced as replaced:
            memory = await self._on_thread(lambda db: snapshot(db, self._load))
            return replace(memory, notice=str(replaced))

    async def intend(self, intent: Intent) -> None:
        """Keep the intent; called before the request is sent. A disk that is nearly full is said now."""
        await self._on_thread(lambda db: self._intend(db, intent), writes=True)

    async def conclude(self, intent_id: str, outcome: Outcome, detail: str) -> None:
        """Say what became of an intent that made no order."""
        row = (outcome, detail, intent_id)
        await self._on_thread(lambda db: db.execute(schema.CONCLUDE_INTENT, row), writes=True)

    async def record(self, order: Order, lines: Sequence[Happening], intent_id: str | None = None) -> None:
        """Keep this version of the order and its new lines, in one transaction; `intent_id` becomes MADE by it."""

        def write(db: "sqlite3.Connection") -> None:
            tables.write(db, order, lines)
            if intent_id is not None:
                db.execute(schema.CONCLUDE_INTENT, (Outcome.MADE, order.order_id, intent_id))

        await self._on_thread(lambda db: transaction(db, write), writes=True)

    async def revise(self, seen: Order, change: Change) -> Order | None:
        """Apply `change` to the order as it stands here, which another program may have changed since it was `seen`.

        Returns:
            The order as it stands now; None where it was deleted (an ended one is not brought back by late news).
        """
        return await self._on_thread(lambda db: tables.revise(db, seen, change), writes=True)

    async def order(self, order_id: str) -> Order | None:
        """The order with this id, also one that is not on the list; None where there is none."""
        return await self._on_thread(lambda db: tables.one(db, order_id), beside=True)

    async def history(self, order_id: str) -> tuple[Happening, ...]:
        """What happened to an order, oldest first; empty where the journal does not know it."""
        return await self._on_thread(
            lambda db: tuple(map(schema.happening_from, db.execute(schema.HISTORY, (order_id,)))), beside=True
        )

    async def news(self, known: Iterable[str]) -> News | None:
        """What other programs wrote since the last call; None where nothing. `known` are the ids on the list here."""
        ids = tuple(known)
        return await self._on_thread(lambda db: snapshot(db, lambda db: self._news(db, ids)))

    async def forget(self, order_id: str) -> None:
        """Delete an order and its history for good."""
        await self._on_thread(lambda db: transaction(db, lambda db: tables.forget(db, [order_id])), writes=True)

    async def purge(self, before: float) -> tuple[str, ...]:
        """Delete orders that ended before a moment (Unix seconds), some at a time; their ids, () when none is left."""
        return await self._on_thread(lambda db: tables.purge(db, before), writes=True)

    async def remember(self, key: str, value: str) -> None:
        """Keep a setting."""
        await self._on_thread(lambda db: db.execute(schema.UPSERT_SETTING, (key, value)), writes=True)

    async def recall(self, key: str) -> str:
        """A setting as it was kept last, "" where it never was."""
        return await self._on_thread(lambda db: str(dict(db.execute(schema.SETTINGS)).get(key, "")), beside=True)

    async def close(self) -> None:
        """Finish what is under way, close the file and end the thread. A second call does nothing."""
        thread, self._thread = self._thread, None
        if thread is not None:
            try:
                await asyncio.shield(asyncio.get_running_loop().run_in_executor(thread, self._close))
            finally:
                thread.shutdown()  # does not wait: a disk that hangs must not keep the program from ending

    async def _on_thread(
        self, work: "Callable[[sqlite3.Connection], T]", *, writes: bool = False, beside: bool = False
    ) -> T:
        if self._thread is None:
            raise JournalError(f"The journal {self._path} is closed.")
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, self._told, work, writes, beside))

    def _told(self, work: "Callable[[sqlite3.Connection], T]", writes: bool, beside: bool) -> T:
        """Do the work; that the file is another one now is said once more where it was said `beside` the writes."""
        if self._untold is not None and not beside:
            untold, self._untold = self._untold, None
            raise untold
        try:
            return self._guarded(work, writes)
        except JournalReplaced as replaced:
            if beside:
                self._untold = replaced
            raise

    def _guarded(self, work: "Callable[[sqlite3.Connection], T]", writes: bool) -> T:
        import sqlite3

        try:
            return work(self._connection(writes=writes))
        except sqlite3.Error as error:
            if journal_file.is_damage(error):
                raise self._replace(error) from error
            raise JournalError(journal_file.sentence(self._path, error)) from error
        except OSError as error:
            raise JournalError(f"The journal {self._path} cannot be used: {error.strerror}.") from error
        except (ValueError, OverflowError) as error:  # a value that does not fit in, or one read that makes no sense
            raise JournalError(f"The journal {self._path} holds or was given a wrong value: {error}.") from error

    def _connection(self, *, writes: bool) -> "sqlite3.Connection":
        """The open file; where it takes no writes and one is wanted, the attempt to open it for writing is repeated."""
        if self._db is not None and self._file != identity(self._path):
            self._close()
            raise JournalReplaced(f"The journal {self._path} was moved or deleted; a new one is begun.")
        if self._db is not None and not (self._trouble and writes):
            return self._db
        with only_one(self._path, among_openers=True):
            return self._open(writes=writes)

    def _open(self, *, writes: bool) -> "sqlite3.Connection":
        self._close()
        self._trouble = ""
        found = identity(self._path)
        if found != self._file:  # nothing of this file is known yet
            self._revision = 0
        self._version = 0
        self._file = found  # of the file that turns out damaged, if it does
        self._db = self._opened(writes=writes)
        self._file = identity(self._path)
        return self._db

    def _opened(self, *, writes: bool) -> "sqlite3.Connection":
        import sqlite3

        try:
            return journal_file.open_journal(self._path)
        except (sqlite3.OperationalError, PermissionError) as error:
            disk = isinstance(error, PermissionError) or journal_file.takes_no_writes(error)
            if writes or not disk or not (self._path.is_file() and self._path.stat().st_size):
                raise  # there is nothing to read: an empty file may be left of this attempt
            self._trouble = (
                f"The journal {self._path} cannot be written: {error.strerror}."
                if isinstance(error, PermissionError)
                else journal_file.sentence(self._path, error)
            )
        return journal_file.open_for_reading(self._path)

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _replace(self, damage: "sqlite3.Error") -> JournalError:
        """Set the damaged file aside and begin a new one with the open orders that can still be read; what to say."""
        import sqlite3

        self._close()
        try:
            with only_one(self._path):
                return self._replaced()
        except (OSError, sqlite3.Error) as error:
            return JournalError(f"{journal_file.sentence(self._path, damage)} It cannot be set aside: {error}.")

    def _replaced(self) -> JournalError:
        if self._file not in (None, identity(self._path)):
            return JournalReplaced(f"The journal {self._path} was damaged; another program has begun a new one.")
        aside = set_aside(self._path, datetime.fromtimestamp(self._now()).astimezone().strftime("%Y%m%d-%H%M%S"))
        saved = [] if aside is None else tables.salvaged(aside)
        transaction(self._open(writes=True), lambda db: self._take_over(db, saved))
        many = "1 open order was" if len(saved) == 1 else f"{len(saved)} open orders were"
        return JournalReplaced(
            f"The journal was damaged. It was set aside as {aside}, and a new one is begun. {many} saved from it. "
            "An order that is missing can be found again by its payment hash in your wallet (F6, then f)."
        )

    def _take_over(self, db: "sqlite3.Connection", orders: Iterable[Order]) -> None:
        for order in orders:
            tables.write(db, order, [Happening(self._now(), Source.CLOCK, "saved from a damaged journal")])

    def _load(self, db: "sqlite3.Connection") -> Memory:
        orders, unread = tables.listed(db)
        self._version = db.execute("PRAGMA data_version").fetchone()[0]
        self._revision = db.execute(schema.LATEST_REVISION).fetchone()[0]
        notice = f"{unread} of the journal's orders cannot be read by this version: {self._path}." if unread else ""
        return Memory(orders, self._intents(db), dict(db.execute(schema.SETTINGS)), notice, self._trouble)

    def _intents(self, db: "sqlite3.Connection") -> tuple[Intent, ...]:
        intents = map(schema.intent_from, db.execute(schema.LOOSE_INTENTS))
        return tuple(intent for intent, pid in intents if not self._under_way(intent, pid))

    def _under_way(self, intent: Intent, pid: int) -> bool:
        fresh = intent.outcome is Outcome.OPEN and self._now() - intent.created_at < REQUEST_TIME
        return fresh and _runs(pid)

    def _intend(self, db: "sqlite3.Connection", intent: Intent) -> None:
        free = room(self._path)
        if free is not None and free < LEAST_ROOM:
            raise JournalError(f"The disk is nearly full ({free // 1000} kB free): an order could not be kept safely.")
        db.execute(schema.INSERT_INTENT, schema.intent_row(intent, os.getpid()))

    def _news(self, db: "sqlite3.Connection", known: tuple[str, ...]) -> News | None:
        version = db.execute("PRAGMA data_version").fetchone()[0]  # rises with the writes of other connections alone
        if version == self._version:
            return None
        self._version = version
        changed = tables.changed(db, self._revision)
        self._revision = db.execute(schema.LATEST_REVISION).fetchone()[0]
        still = {row[0] for row in db.execute(schema.STILL_LISTED, (json.dumps(known),))}
        gone = tuple(order_id for order_id in known if order_id not in still)
        return News(changed, gone, self._intents(db))


def _runs(pid: int) -> bool:
    """Whether a process with this id runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, as somebody else
        return True
    return True
