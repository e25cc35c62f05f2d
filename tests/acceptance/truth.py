"""What a journal holds, and what the sandbox's answers mean: the two that must agree."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.services import schema, tables


def memory(journal: Path) -> tuple[tuple[Order, ...], tuple[Intent, ...], list[tuple[str, str]]]:
    """Orders, notes of unknown outcomes, and the history (order id, what) of a journal that others may use."""
    with contextlib.closing(sqlite3.connect(journal)) as db:
        db.execute("BEGIN")
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return (), (), []
        intents = tuple(schema.intent_from(row)[0] for row in db.execute(schema.LOOSE_INTENTS))
        return tables.listed(db)[0], intents, db.execute("SELECT order_id, what FROM happenings").fetchall()


def status_of(said: dict[str, Any], cancel: Cancel) -> Status:
    """The state that one answer of the sandbox means, for an order whose cancellation has come so far."""
    if "error" in said:
        return Status.CANCELLED if cancel is Cancel.ACCEPTED or not said["paid"] else Status.RETURNED
    if said["code"]:
        return Status.CODE
    if said["number"]:
        return Status.NUMBER
    return Status.HELD if said["paid"] else Status.WAITING
