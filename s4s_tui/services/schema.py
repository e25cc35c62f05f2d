"""The journal's tables, and how orders and intents become rows and come back. No connection is made here."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from s4s_tui.domain.history import Draft, Happening, Intent, Outcome, Source
from s4s_tui.domain.order import Cancel, Order, Status

VERSION: Final = 1
"""The schema version that this program writes (`PRAGMA user_version`)."""

CREATE: Final = (
    # `ended` repeats what `status` says, so that one index serves both queries of the start at any size.
    """CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        payreq TEXT NOT NULL,
        country INTEGER NOT NULL,
        country_name TEXT NOT NULL,
        service TEXT NOT NULL,
        service_name TEXT NOT NULL,
        amount INTEGER,
        quoted INTEGER,
        network TEXT NOT NULL,
        node TEXT,
        created_at REAL NOT NULL,
        expires_at REAL,
        status TEXT NOT NULL,
        paid_at REAL,
        number TEXT,
        number_at REAL,
        code TEXT,
        code_at REAL,
        ended_at REAL,
        reason TEXT,
        note TEXT,
        cancel TEXT NOT NULL,
        accepted INTEGER NOT NULL,
        ended INTEGER NOT NULL
    )""",
    "CREATE INDEX orders_ended ON orders (ended, created_at)",
    """CREATE TABLE happenings (
        id INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        at REAL NOT NULL,
        source TEXT NOT NULL,
        what TEXT NOT NULL,
        detail TEXT NOT NULL
    )""",
    "CREATE INDEX happenings_order ON happenings (order_id)",
    """CREATE TABLE intents (
        intent_id TEXT PRIMARY KEY,
        country INTEGER NOT NULL,
        country_name TEXT NOT NULL,
        service TEXT NOT NULL,
        service_name TEXT NOT NULL,
        quoted INTEGER,
        created_at REAL NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        pid INTEGER NOT NULL
    )""",
    "CREATE INDEX intents_outcome ON intents (outcome, created_at)",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    f"PRAGMA user_version = {VERSION}",
)
"""The statements that make an empty file a journal, in order, for one transaction."""

_ORDER: Final = tuple(field.name for field in fields(Order))
_DRAFT: Final = tuple(field.name for field in fields(Draft))
_INTENT: Final = ("intent_id", *_DRAFT, "created_at", "outcome", "detail", "pid")


def _upsert(names: Sequence[str]) -> str:
    marks = ", ".join("?" * len(names))
    news = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return f"INSERT INTO orders ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (order_id) DO UPDATE SET {news}"  # noqa: S608 - names of fields, no values


UPSERT_ORDER: Final = _upsert((*_ORDER, "ended"))
"""Writes one version of an order; its parameters come from `order_row`."""
OPEN_ORDERS: Final = f"SELECT {', '.join(_ORDER)} FROM orders WHERE ended = 0 ORDER BY created_at DESC"  # noqa: S608
"""Every order that has not ended, newest first; each row for `order_from`."""
ENDED_ORDERS: Final = f"SELECT {', '.join(_ORDER)} FROM orders WHERE ended = 1 ORDER BY created_at DESC LIMIT ?"  # noqa: S608
"""The newest ended orders, newest first; each row for `order_from`."""
INSERT_HAPPENING: Final = "INSERT INTO happenings (order_id, at, source, what, detail) VALUES (?, ?, ?, ?, ?)"
"""Appends one line; its parameters come from `happening_row`."""
HISTORY: Final = "SELECT at, source, what, detail FROM happenings WHERE order_id = ? ORDER BY id"
"""The lines of one order, oldest first; each row for `happening_from`."""
INSERT_INTENT: Final = f"INSERT INTO intents ({', '.join(_INTENT)}) VALUES ({', '.join('?' * len(_INTENT))})"  # noqa: S608
"""Writes one intent; its parameters come from `intent_row`."""
CONCLUDE_INTENT: Final = "UPDATE intents SET outcome = ?, detail = ? WHERE intent_id = ?"
"""Says what became of an intent."""
LOOSE_INTENTS: Final = (
    f"SELECT {', '.join(_INTENT)} FROM intents WHERE outcome IN ('open', 'unknown') ORDER BY created_at DESC"  # noqa: S608
)
"""Intents that nobody knows the outcome of, newest first; each row for `intent_from`, its process id last."""
UPSERT_SETTING: Final = "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
"""Writes one setting."""
SETTINGS: Final = "SELECT key, value FROM settings"
"""All settings."""


def order_row(order: Order) -> tuple[object, ...]:
    """The parameters of `UPSERT_ORDER`."""
    return (*(getattr(order, name) for name in _ORDER), order.ended)


def order_from(row: Sequence[Any]) -> Order:
    """The order of a row; ValueError where a state is none that this version knows."""
    values = dict(zip(_ORDER, row, strict=True))
    states = {"status": Status(values["status"]), "cancel": Cancel(values["cancel"])}
    return Order(**{**values, **states, "accepted": bool(values["accepted"])})


def happening_row(order_id: str, line: Happening) -> tuple[object, ...]:
    """The parameters of `INSERT_HAPPENING`."""
    return (order_id, line.at, line.source, line.what, line.detail)


def happening_from(row: Sequence[Any]) -> Happening:
    """The line of a row; ValueError where the source is none that this version knows."""
    at, source, what, detail = row
    return Happening(at, Source(source), what, detail)


def intent_row(intent: Intent, pid: int) -> tuple[object, ...]:
    """The parameters of `INSERT_INTENT`; `pid` is the process that sends the request."""
    draft = (getattr(intent.draft, name) for name in _DRAFT)
    return (intent.intent_id, *draft, intent.created_at, intent.outcome, intent.detail, pid)


def intent_from(row: Sequence[Any]) -> tuple[Intent, int]:
    """The intent of a row and its process id; ValueError where the outcome is none that this version knows."""
    values = dict(zip(_INTENT, row, strict=True))
    intent = Intent(
        intent_id=values["intent_id"],
        draft=Draft(**{name: values[name] for name in _DRAFT}),
        created_at=values["created_at"],
        outcome=Outcome(values["outcome"]),
        detail=values["detail"],
    )
    return intent, values["pid"]
