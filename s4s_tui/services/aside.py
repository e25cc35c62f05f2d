"""A damaged SQLite file: out of the way without losing a byte of it, and what can still be read from it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite appends to the file's name for the files beside it; the first and the last may hold data."""

_CAREFUL: Final = (
    "cell_size_check = ON",  # finds damage where rows would be made up from it
    "trusted_schema = OFF",  # runs nothing that the file asks for
    "writable_schema = ON",  # reads a file that was cut short, too; nothing can be written here anyway
)


def set_aside(path: Path, stamp: str) -> Path | None:
    """Move the file and its companions to `<name>.damaged-<stamp>` (-2, -3 … where that is taken), in its folder.

    Returns the new path, None where there is no file (any more). Nothing is ever overwritten, and the companions keep
    belonging to it: SQLite finds them by its name. Raises OSError where the folder cannot be written; then everything
    is where it was.

    No connection to the file may be open in any program, and no other program may be making a new one meanwhile: the
    caller holds a lock of its own, and has looked under it whether the file is (still) damaged.
    """
    path = path.resolve()  # SQLite has its companions beside the file that a link leads to
    if not path.is_file():
        return None
    target = _reserved(path, stamp)
    moved: list[str] = []
    try:
        # The companions first: what is left of a move that was cut short is still a damaged file, which is found. A
        # log left alone would be deleted by SQLite as soon as there is a new file.
        for suffix in (*COMPANIONS, ""):
            with contextlib.suppress(FileNotFoundError):
                _beside(path, suffix).replace(_beside(target, suffix))
                moved.append(suffix)
    except OSError:
        for suffix in moved:
            _beside(target, suffix).replace(_beside(path, suffix))
        target.unlink()
        raise
    if "" not in moved:  # another program has moved it away meanwhile
        target.unlink()
        return None
    return target


def salvage_rows(path: Path, statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the statement that can be read from a damaged file, up to the first damage on the way.

    Neither the file nor its log is changed (SQLite may leave the log's index beside them). No row comes out, and no
    error, where nothing can be read: the file is missing, is no database, or has no such table. A statement that reads
    a table as it is stored finds most; with `ORDER BY rowid DESC` it comes from the other end and finds what is behind
    the damage. One that has to sort finds nothing in a damaged table.
    """
    import sqlite3

    found = False
    # The second way is for what the first one refuses: a transaction to be rolled back, a folder that is read-only.
    # It reads the file alone, as if it had no companions.
    for how in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as db:
                for pragma in _CAREFUL:
                    db.execute(f"PRAGMA {pragma}")
                for row in db.execute(statement):
                    found = True
                    yield row
        except sqlite3.DatabaseError:
            if found:
                return
        else:
            return


def _reserved(path: Path, stamp: str) -> Path:
    """A new and empty file with the first free name, so that no other program takes the name meanwhile."""
    first = target = _beside(path, f".damaged-{stamp}")
    count = 1
    while not _made(target):
        count += 1
        target = _beside(first, f"-{count}")
    return target


def _made(target: Path) -> bool:
    if any(os.path.lexists(_beside(target, suffix)) for suffix in COMPANIONS):
        return False
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@contextlib.contextmanager
def only_one(path: Path, *, among_openers: bool = False) -> Iterator[None]:
    """Hold a lock beside the file: of two programs that find it damaged the slower one must not move the new one away.

    Who only opens the file holds it `among_openers`, all at the same time: SQLite opens the log by its name, and must
    not get the new file's log for the old file. Where there are no locks it goes without. Raises OSError where the
    folder cannot be written; who only opens goes without a lock there, too.
    """
    try:
        descriptor = os.open(_beside(path, ".aside"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        if not among_openers:
            raise
        descriptor = None
    try:
        if descriptor is not None:
            with contextlib.suppress(ImportError, OSError):
                import fcntl  # not on Windows

                fcntl.flock(descriptor, fcntl.LOCK_SH if among_openers else fcntl.LOCK_EX)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to at the moment (device and inode), None where to none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
