"""What is read from and written to an open journal: one function for each, on a connection of `journal_file`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from s4s_tui.domain.history import Happening
from s4s_tui.domain.order import Order
from s4s_tui.services import schema
from s4s_tui.services.aside import salvage_rows
from s4s_tui.services.journal_file import transaction
from s4s_tui.services.ports import Change

if TYPE_CHECKING:
    import sqlite3

ENDED_AT_START: Final = 1_000
"""How many ended orders are read at the start, the newest ones."""
PURGED_AT_ONCE: Final = 200
"""Orders that one purge deletes at the most, so that no other write waits for long."""


def listed(db: "sqlite3.Connection") -> tuple[tuple[Order, ...], int]:
    """The open orders and the newest ended ones, newest first; and how many rows make no sense."""
    rows = [*db.execute(schema.OPEN_ORDERS), *db.execute(schema.ENDED_ORDERS, (ENDED_AT_START,))]
    orders = readable(rows)
    return tuple(sorted(orders, key=lambda order: order.created_at, reverse=True)), len(rows) - len(orders)


def changed(db: "sqlite3.Connection", revision: int) -> tuple[Order, ...]:
    """The listed orders that were written after a revision."""
    return tuple(readable(db.execute(schema.CHANGED_ORDERS, (revision,))))


def one(db: "sqlite3.Connection", order_id: str) -> Order | None:
    """The order with this id, None where there is none."""
    row = db.execute(schema.ONE_ORDER, (order_id,)).fetchone()
    return None if row is None else schema.order_from(row)


def write(db: "sqlite3.Connection", order: Order, lines: Sequence[Happening]) -> None:
    """Keep this version of the order and its new lines; the caller holds a transaction."""
    db.execute(schema.NEXT_REVISION)
    db.execute(schema.UPSERT_ORDER, schema.order_row(order))
    db.executemany(schema.INSERT_HAPPENING, [schema.happening_row(order.order_id, line) for line in lines])


def revise(db: "sqlite3.Connection", seen: Order, change: Change) -> Order | None:
    """Apply `change` to the order as it stands here and keep what comes of it, in one transaction (see the port)."""
    stands: Order | None = None

    def apply(db: "sqlite3.Connection") -> None:
        nonlocal stands
        known = one(db, seen.order_id)
        if known is None and seen.ended:
            return
        stands, lines = change(known or seen)
        if stands != known:
            write(db, stands, lines)

    transaction(db, apply)
    return stands


def forget(db: "sqlite3.Connection", order_ids: Iterable[str]) -> None:
    """Delete orders and their history; the caller holds a transaction."""
    for order_id in order_ids:
        for statement in schema.FORGET:
            db.execute(statement, (order_id,))


def purge(db: "sqlite3.Connection", before: float) -> tuple[str, ...]:
    """Delete some orders that ended before a moment (Unix seconds); their ids."""
    ids = tuple(row[0] for row in db.execute(schema.ENDED_BEFORE, (before, PURGED_AT_ONCE)))

    def delete(db: "sqlite3.Connection") -> None:
        forget(db, ids)
        db.execute(schema.FORGET_INTENTS, (before,))

    transaction(db, delete)
    return ids


def salvaged(aside: Path) -> list[Order]:
    """The open orders that can still be read from a damaged journal, from both ends of the table."""
    found = [*salvage_rows(aside, schema.OPEN_AS_STORED), *salvage_rows(aside, schema.OPEN_FROM_THE_END)]
    return list({order.order_id: order for order in readable(found)}.values())


def readable(rows: Iterable[Sequence[Any]]) -> list[Order]:
    """The orders of the rows that make sense; the others stay as they are in the file."""
    orders = []
    for row in rows:
        try:
            orders.append(schema.order_from(row))
        except (ValueError, TypeError):
            continue
    return orders
