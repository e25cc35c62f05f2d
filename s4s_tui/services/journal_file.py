"""The file of the journal: opening, first tables, migrations, and what went wrong with it in words.

A file of another program or of a newer version is never touched. On a network disk SQLite's write-ahead log does not
work (its index is shared memory of one machine), so the rollback journal is used there.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from s4s_tui.domain.errors import JournalError
from s4s_tui.services import schema
from s4s_tui.services.place import LEAST_ROOM, on_network, read_only, room

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

BUSY_SECONDS: Final = 5.0
"""Seconds to wait for another program that is writing."""
_RETRY: Final = 0.05
"""Seconds between two attempts where SQLite does not wait by itself."""

# SQLite: "Result and Error Codes"; the low byte is the primary code, the rest says where it happened.
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26


def open_journal(path: Path) -> "sqlite3.Connection":
    """A connection to a journal of this version: made where there is no file, migrated where it is older.

    Raises:
        JournalError: the file is of another program or a newer version; it was not touched.
        sqlite3.Error: anything else.
        OSError: the folder cannot be made.
    """
    import sqlite3

    _make_private(path)
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    with ExitStack() as unless_open:
        unless_open.callback(db.close)
        patiently(lambda: _prepare(db, path))
        unless_open.pop_all()
    return db


def open_for_reading(path: Path) -> "sqlite3.Connection":
    """A connection that only reads, for a disk that takes no writes; raises sqlite3.Error, JournalError."""
    import sqlite3

    # A log that was not written back needs its shared index; where that cannot be made either the file alone is read.
    try:
        return _opened_for_reading(path, "mode=ro")
    except sqlite3.OperationalError:
        return _opened_for_reading(path, "mode=ro&immutable=1")


def open_to_look(path: Path) -> "sqlite3.Connection":
    """A connection that leaves no new file behind, of an older version too; raises sqlite3.Error, JournalError."""
    # Without a log beside it nobody has it open, and SQLite would make one even for reading.
    in_use = path.with_name(f"{path.name}-wal").exists()
    return _opened_for_reading(path, "mode=ro" if in_use else "mode=ro&immutable=1", older=True)


def _opened_for_reading(path: Path, mode: str, *, older: bool = False) -> "sqlite3.Connection":
    import sqlite3

    db = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    with ExitStack() as unless_open:
        unless_open.callback(db.close)
        if _version(db, path) != schema.VERSION and not older:
            raise JournalError(
                f"The journal {path} is of an older version and cannot be brought up to date: no writes."
            )
        unless_open.pop_all()
    return db


def transaction(db: "sqlite3.Connection", work: "Callable[[sqlite3.Connection], None]") -> None:
    """Run `work` in one transaction that takes the write lock at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        work(db)
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def snapshot(db: "sqlite3.Connection", read: "Callable[[sqlite3.Connection], T]") -> T:
    """What `read` reads, all of it as it was at one moment, whatever other programs write meanwhile."""
    db.execute("BEGIN")
    try:
        return read(db)
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def patiently(work: Callable[[], None]) -> None:
    """Run `work` until it is not refused for another program's lock; SQLite does not wait everywhere by itself."""
    import sqlite3

    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if _primary(error) not in (_BUSY, _LOCKED) or time.monotonic() >= deadline:
                raise
        threading.Event().wait(_RETRY)


def is_damage(error: "sqlite3.Error") -> bool:
    """Whether the file itself is damaged or no database."""
    return _primary(error) in (_CORRUPT, _NOTADB)


def takes_no_writes(error: "sqlite3.Error") -> bool:
    """Whether the disk or the rights are what keeps the file from being written."""
    return _primary(error) in (_PERM, _READONLY, _IOERR, _FULL, _CANTOPEN)


def sentence(path: Path, error: "sqlite3.Error") -> str:
    """What went wrong with the file and what to do, for people."""
    code = _primary(error)
    if code == _CANTOPEN and read_only(path):  # what is missing is the log's index, which cannot be made there
        code = _READONLY
    elif code == _IOERR and (free := room(path)) is not None and free < LEAST_ROOM // 10:  # likewise
        code = _FULL
    return _SENTENCES.get(code, "The journal {path} cannot be used: {error}.").format(path=path, error=error)


def _primary(error: "sqlite3.Error") -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


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
    if _version(db, path) != schema.VERSION:
        transaction(db, lambda db: _to_this_version(db, path))
    mode = "DELETE" if on_network(path) else "WAL"
    for pragma in (f"journal_mode = {mode}", "synchronous = FULL", "foreign_keys = ON"):
        db.execute(f"PRAGMA {pragma}")


def _to_this_version(db: "sqlite3.Connection", path: Path) -> None:
    """Make the tables, or migrate them step by step; asked again under the lock, for another program may be quicker."""
    version = _version(db, path)
    if version == 0:
        for statement in schema.CREATE:
            db.execute(statement)
        return
    while version < schema.VERSION:
        for statement in schema.MIGRATIONS[version]:
            db.execute(statement)
        version += 1


def _version(db: "sqlite3.Connection", path: Path) -> int:
    """The schema version of the file, 0 where it is empty; JournalError where it is not for this program."""
    begun = not db.in_transaction
    if begun:  # both questions in one snapshot: another program may be making its tables between them
        db.execute("BEGIN")
    try:
        version: int = db.execute("PRAGMA user_version").fetchone()[0]
        tables: int = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        if begun and db.in_transaction:  # an error of the disk has ended it, and is to be heard
            db.execute("ROLLBACK")
    if version > schema.VERSION:
        raise JournalError(
            f"The journal {path} was written by a newer version of this program (its schema is {version}, this one "
            f"knows {schema.VERSION}). It was left as it is: start the newer program, or use another data folder."
        )
    if version == 0 and tables:
        raise JournalError(f"{path} is a database of another program. It was left as it is: use another data folder.")
    return version


_READ_ONLY: Final = "The journal {path} cannot be written: the file, its folder or the disk is read-only or not yours."
_SENTENCES: Final = {
    _PERM: _READ_ONLY,
    _READONLY: _READ_ONLY,
    _BUSY: "The journal {path} is locked by another program.",
    _CORRUPT: "The journal {path} is damaged.",
    _NOTADB: "The journal {path} is damaged or not a journal.",
    _FULL: "The disk is full: the journal {path} cannot be written.",
    _CANTOPEN: "The journal {path} cannot be opened: is it a file, in a folder of yours?",
}
