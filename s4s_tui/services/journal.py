"""The journal on disk: SQLite, every write synced before it returns, all statements on one thread of its own.

What it promises: an order, its history and the intent it came from change in one transaction; whatever goes wrong is
a JournalError with a sentence. A file that is damaged, strange or of a newer version is never touched.
"""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening, Intent, Outcome
from s4s_tui.domain.order import Order
from s4s_tui.services import schema
from s4s_tui.services.ports import Memory

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

ENDED_AT_START: Final = 200
"""How many ended orders are read at the start, the newest ones."""
REQUEST_TIME: Final = 60.0
"""Seconds that a createorder request may take at the very most, its time-outs included."""
BUSY_SECONDS: Final = 5.0
"""Seconds to wait for another program that is writing."""


class SqliteJournal:
    """`ports.Journal` in one SQLite file (0600; missing folders are made 0700).

    The file is opened by the first call. Where that fails the next call tries again, so a repaired disk is found.
    A write that has begun is finished even when the caller is cancelled.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        """Args: `path` of the file; `now` gives Unix time, to tell a request under way from a crashed one."""
        self._path = path
        self._now = now
        self._db: sqlite3.Connection | None = None
        self._thread: ThreadPoolExecutor | None = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")

    async def load(self) -> Memory:
        """Open the file and read what matters at the start: all open orders and the newest ended ones.

        An intent that is still OPEN is from a crash, or from a second program whose request is under way right now:
        it is left out only while that program runs and the request can still be answered.
        """
        return await self._on_thread(self._load)

    async def intend(self, intent: Intent) -> None:
        """Keep the intent; called before the request is sent."""
        await self._on_thread(lambda db: db.execute(schema.INSERT_INTENT, schema.intent_row(intent, os.getpid())))

    async def conclude(self, intent_id: str, outcome: Outcome, detail: str) -> None:
        """Say what became of an intent that made no order."""
        await self._on_thread(lambda db: db.execute(schema.CONCLUDE_INTENT, (outcome, detail, intent_id)))

    async def record(self, order: Order, lines: Sequence[Happening], intent_id: str | None = None) -> None:
        """Keep this version of the order and its new lines, in one transaction; `intent_id` becomes MADE by it."""

        def write(db: "sqlite3.Connection") -> None:
            db.execute(schema.UPSERT_ORDER, schema.order_row(order))
            db.executemany(schema.INSERT_HAPPENING, [schema.happening_row(order.order_id, line) for line in lines])
            if intent_id is not None:
                db.execute(schema.CONCLUDE_INTENT, (Outcome.MADE, order.order_id, intent_id))

        await self._on_thread(lambda db: _transaction(db, write))

    async def remember(self, key: str, value: str) -> None:
        """Keep a setting."""
        await self._on_thread(lambda db: db.execute(schema.UPSERT_SETTING, (key, value)))

    async def history(self, order_id: str) -> tuple[Happening, ...]:
        """What happened to an order, oldest first; empty where the journal does not know it."""
        return await self._on_thread(
            lambda db: tuple(map(schema.happening_from, db.execute(schema.HISTORY, (order_id,))))
        )

    async def close(self) -> None:
        """Finish what is under way, close the file and end the thread. A second call does nothing."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(thread, self._close))
            thread.shutdown()

    async def _on_thread(self, work: "Callable[[sqlite3.Connection], T]") -> T:
        if self._thread is None:
            raise JournalError(f"The journal {self._path} is closed.")
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, work))

    def _guarded(self, work: "Callable[[sqlite3.Connection], T]") -> T:
        import sqlite3

        try:
            if self._db is None:
                self._db = self._opened()
            return work(self._db)
        except sqlite3.Error as error:
            raise JournalError(_sentence(self._path, error)) from error
        except OSError as error:
            raise JournalError(f"The journal {self._path} cannot be used: {error.strerror}.") from error
        except (ValueError, OverflowError) as error:  # a value that does not fit in, or one read that makes no sense
            raise JournalError(f"The journal {self._path} holds or was given a wrong value: {error}.") from error

    def _opened(self) -> "sqlite3.Connection":
        import sqlite3

        _make_private(self._path)
        db = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(db, self._path)
        except BaseException:
            db.close()
            raise
        return db

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _load(self, db: "sqlite3.Connection") -> Memory:
        rows = [*db.execute(schema.OPEN_ORDERS), *db.execute(schema.ENDED_ORDERS, (ENDED_AT_START,))]
        orders = sorted(map(schema.order_from, rows), key=lambda order: order.created_at, reverse=True)
        intents = map(schema.intent_from, db.execute(schema.LOOSE_INTENTS))
        return Memory(
            orders=tuple(orders),
            intents=tuple(intent for intent, pid in intents if not self._under_way(intent, pid)),
            settings=dict(db.execute(schema.SETTINGS)),
        )

    def _under_way(self, intent: Intent, pid: int) -> bool:
        fresh = intent.outcome is Outcome.OPEN and self._now() - intent.created_at < REQUEST_TIME
        return fresh and _runs(pid)


def _make_private(path: Path) -> None:
    """Make the file 0600 and its missing folders 0700; SQLite gives its side files the mode of the file."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        # Not opened to look at it: closing it again would drop the locks of another connection of this process.
        return


def _prepare(db: "sqlite3.Connection", path: Path) -> None:
    """Bring a connection up: check whose file it is before anything is written, then the schema."""
    if _version(db, path) == 0:
        _transaction(db, lambda db: _create(db, path))
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        db.execute(f"PRAGMA {pragma}")


def _version(db: "sqlite3.Connection", path: Path) -> int:
    """The schema version of the file, 0 where it is empty; JournalError where it is not for this program."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise JournalError(
            f"The journal {path} was written by a newer version of this program (its schema is {version}, this one "
            f"knows {schema.VERSION}). It was left as it is: start the newer program, or use another data folder."
        )
    if version == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise JournalError(f"{path} is a database of another program. It was left as it is: use another data folder.")
    return version


def _create(db: "sqlite3.Connection", path: Path) -> None:
    if _version(db, path) == 0:  # asked again under the lock: a second program may have been quicker
        for statement in schema.CREATE:
            db.execute(statement)


def _transaction(db: "sqlite3.Connection", work: "Callable[[sqlite3.Connection], None]") -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        work(db)
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _runs(pid: int) -> bool:
    """Whether a process with this id runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, as somebody else
        return True
    return True


def _sentence(path: Path, error: "sqlite3.Error") -> str:
    """What went wrong with the file and what to do, for people."""
    # The low byte is the primary code, the rest says where it happened (SQLite: "Result and Error Codes").
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _SENTENCES.get(primary, "The journal {path} cannot be used: {error}.").format(path=path, error=error)


_READ_ONLY: Final = "The journal {path} cannot be written: the file, its folder or the disk is read-only or not yours."
_DAMAGED: Final = (
    "{path} is damaged or not a journal. Move it away (keep it, it may name your orders) and start again for a new one."
)
_SENTENCES: Final = {
    3: _READ_ONLY,  # SQLITE_PERM
    8: _READ_ONLY,  # SQLITE_READONLY
    5: "The journal {path} is locked by another program.",  # SQLITE_BUSY
    11: _DAMAGED,  # SQLITE_CORRUPT
    26: _DAMAGED,  # SQLITE_NOTADB
    13: "The disk is full: the journal {path} cannot be written.",  # SQLITE_FULL
    14: "The journal {path} cannot be opened: is it a file, in a folder of yours?",  # SQLITE_CANTOPEN
}
