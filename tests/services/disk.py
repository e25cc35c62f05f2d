"""Helpers of the journal's tests: journals that are closed in the end, and a look at the file from outside."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import Order
from s4s_tui.services.journal import SqliteJournal
from tests.services.fakes import DRAFT, START

INTENT = Intent(intent_id="i", draft=DRAFT, created_at=START)
DEAD = 2**22 + 1
"""A process id above Linux' highest one."""


@contextlib.asynccontextmanager
async def opened(path: Path, now: float = START) -> AsyncIterator[SqliteJournal]:
    journal = SqliteJournal(path, now=lambda: now)
    try:
        yield journal
    finally:
        await journal.close()


async def written(path: Path, *orders: Order) -> None:
    async with opened(path) as journal:
        for order in orders:
            await journal.record(order, ())


def look(path: Path, statement: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute(statement).fetchall()


def change(path: Path, statement: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)


def content(path: Path) -> bytes:
    return path.read_bytes()


def fill(path: Path, what: bytes) -> None:
    path.write_bytes(what)


def make_folder(path: Path) -> None:
    path.mkdir()


def remove_folder(path: Path) -> None:
    path.rmdir()
