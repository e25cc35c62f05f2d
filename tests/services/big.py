"""A journal of very many ended orders, made in seconds."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from s4s_tui.domain.history import Happening, Outcome, Source
from s4s_tui.domain.order import Order, Status
from s4s_tui.services import schema
from s4s_tui.services.journal_file import open_journal, transaction
from tests.services.disk import INTENT
from tests.services.fakes import START, held

DAY = 86400.0


def ended_order(number: int, ended_at: float) -> Order:
    """An order that got its code at that moment."""
    order = held(f"{number:064x}", status=Status.CODE, number="4915112345678", code="048010")
    return replace(order, created_at=ended_at - 60, paid_at=ended_at - 50, number_at=ended_at - 40, code_at=ended_at,
                   ended_at=ended_at)  # fmt: skip


def fill_with_ended(path: Path, count: int, *, oldest: float, newest: float = START) -> None:
    """Make a journal with so many ended orders, evenly spread between two moments, with history and intents."""
    lines = [Happening(START, Source.SERVER, what) for what in ("created", "paid", "number", "code")]
    made = schema.intent_row(replace(INTENT, outcome=Outcome.MADE), 1)

    def orders() -> Iterator[tuple[object, ...]]:
        row: tuple[object, ...] = ()
        for number in range(count):
            if number % 50 == 0:  # each one anew would take three times as long, and its times hardly differ
                row = schema.order_row(ended_order(number, oldest + (newest - oldest) * number / count))
            yield (f"{number:064x}", *row[1:])

    with contextlib.closing(open_journal(path)) as db:

        def write(db: sqlite3.Connection) -> None:
            db.execute(schema.NEXT_REVISION)
            db.executemany(schema.UPSERT_ORDER, orders())
            db.executemany(
                schema.INSERT_HAPPENING,
                (schema.happening_row(f"{number:064x}", line) for number in range(count) for line in lines),
            )
            db.executemany(schema.INSERT_INTENT, ((f"{number:032x}", *made[1:]) for number in range(count)))

        transaction(db, write)
