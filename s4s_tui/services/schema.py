"""The journal's tables, and how orders and intents become rows and come back. No connection is made here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final

from s4s_tui.domain.history import Draft, Happening, Intent, Outcome, Source
from s4s_tui.domain.order import Cancel, Kind, Order, Received, Status

VERSION: Final = 2
"""The schema version that this program writes (`PRAGMA user_version`)."""

CREATE: Final = (
    # `ended` repeats what the order says, so that one index serves the queries of the start at any size; `revision`
    # rises with every write, so that a second program finds what is new without reading the rest.
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
        cancel_at REAL,
        odd TEXT,
        gone INTEGER NOT NULL,
        skew REAL,
        earlier TEXT NOT NULL,
        kind TEXT NOT NULL,
        prepaid INTEGER NOT NULL,
        real_phone INTEGER NOT NULL,
        ref TEXT NOT NULL,
        recipient TEXT NOT NULL,
        message TEXT NOT NULL,
        webhook TEXT NOT NULL,
        balance INTEGER,
        found INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        revision INTEGER NOT NULL
    )""",
    "CREATE INDEX orders_listed ON orders (removed, ended, created_at)",
    "CREATE INDEX orders_ended_at ON orders (ended_at) WHERE ended = 1",
    "CREATE INDEX orders_revision ON orders (revision)",
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
        prepaid INTEGER NOT NULL,
        kind TEXT NOT NULL,
        real_phone INTEGER NOT NULL,
        ref TEXT NOT NULL,
        recipient TEXT NOT NULL,
        message TEXT NOT NULL,
        webhook TEXT NOT NULL,
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

MIGRATIONS: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {
        1: (
            "ALTER TABLE orders ADD COLUMN cancel_at REAL",
            "ALTER TABLE orders ADD COLUMN odd TEXT",
            "ALTER TABLE orders ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE orders ADD COLUMN skew REAL",
            "ALTER TABLE orders ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE orders ADD COLUMN kind TEXT NOT NULL DEFAULT 'receive'",
            "ALTER TABLE orders ADD COLUMN prepaid INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE orders ADD COLUMN real_phone INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE orders ADD COLUMN ref TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE orders ADD COLUMN recipient TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE orders ADD COLUMN message TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE orders ADD COLUMN webhook TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE orders ADD COLUMN balance INTEGER",
            "ALTER TABLE orders ADD COLUMN found INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE orders ADD COLUMN removed INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE orders ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
            "DROP INDEX orders_ended",
            "CREATE INDEX orders_listed ON orders (removed, ended, created_at)",
            "CREATE INDEX orders_ended_at ON orders (ended_at) WHERE ended = 1",
            "CREATE INDEX orders_revision ON orders (revision)",
            "ALTER TABLE intents ADD COLUMN prepaid INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE intents ADD COLUMN kind TEXT NOT NULL DEFAULT 'receive'",
            "ALTER TABLE intents ADD COLUMN real_phone INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE intents ADD COLUMN ref TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE intents ADD COLUMN recipient TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE intents ADD COLUMN message TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE intents ADD COLUMN webhook TEXT NOT NULL DEFAULT ''",
            "PRAGMA user_version = 2",
        ),
    }
)
"""By schema version the statements that lead to the next one, for one transaction."""

NO_COUNTRY: Final = -1
"""What the journal stores for an order whose country number is not known (0 is Russia)."""
_ORDER: Final = tuple(field.name for field in fields(Order))
_DRAFT: Final = tuple(field.name for field in fields(Draft))
_INTENT: Final = ("intent_id", *_DRAFT, "created_at", "outcome", "detail", "pid")
_COLUMNS: Final = ", ".join(_ORDER)
_BOOLEANS: Final = ("accepted", "gone", "prepaid", "real_phone", "found", "removed")


_REVISION: Final = "SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'revision'"


def _upsert(names: Sequence[str]) -> str:
    marks = ", ".join("?" * len(names))
    news = ", ".join(f"{name} = excluded.{name}" for name in (*names[1:], "revision"))
    return (
        f"INSERT INTO orders ({', '.join(names)}, revision) "  # noqa: S608 - names of fields, no values
        f"VALUES ({marks}, ({_REVISION})) "
        f"ON CONFLICT (order_id) DO UPDATE SET {news}"
    )


UPSERT_ORDER: Final = _upsert((*_ORDER, "ended"))
"""Writes one version of an order; its parameters come from `order_row`, its revision from `NEXT_REVISION`."""
OPEN_ORDERS: Final = f"SELECT {_COLUMNS} FROM orders WHERE removed = 0 AND ended = 0 ORDER BY created_at DESC"  # noqa: S608
"""Every order that has not ended, newest first; each row for `order_from`."""
OPEN_AS_STORED: Final = f"SELECT {_COLUMNS} FROM orders NOT INDEXED WHERE ended = 0"  # noqa: S608
"""The same as they lie in the file, for a damaged one: sorting or an index would find nothing."""
OPEN_FROM_THE_END: Final = f"{OPEN_AS_STORED} ORDER BY rowid DESC"
"""The same from the other end of the file, for what lies behind the damage."""
ENDED_ORDERS: Final = f"SELECT {_COLUMNS} FROM orders WHERE removed = 0 AND ended = 1 ORDER BY created_at DESC LIMIT ?"  # noqa: S608
"""The newest ended orders, newest first; each row for `order_from`."""
ONE_ORDER: Final = f"SELECT {_COLUMNS} FROM orders WHERE order_id = ?"  # noqa: S608
"""One order, on the list or not."""
CHANGED_ORDERS: Final = f"SELECT {_COLUMNS} FROM orders WHERE revision > ? AND +removed = 0"  # noqa: S608
"""The listed orders that were written after a revision; the + keeps SQLite from reading all that are listed."""
NEXT_REVISION: Final = (
    "INSERT INTO settings VALUES ('revision', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
)
"""Counts a write; before each `UPSERT_ORDER`, in the same transaction. It never goes back, whatever is deleted."""
LATEST_REVISION: Final = f"SELECT coalesce(({_REVISION}), 0)"
"""The revision of the latest write."""
STILL_LISTED: Final = "SELECT order_id FROM orders WHERE +removed = 0 AND order_id IN (SELECT value FROM json_each(?))"
"""Which of these ids (a JSON array) are still on the list; the + likewise."""
ENDED_BEFORE: Final = "SELECT order_id FROM orders WHERE ended = 1 AND ended_at < ? LIMIT ?"
"""Ids of orders that ended before a moment."""
FORGET: Final = ("DELETE FROM happenings WHERE order_id = ?", "DELETE FROM orders WHERE order_id = ?")
"""Delete one order for good, its history first."""
FORGET_INTENTS: Final = "DELETE FROM intents WHERE outcome IN ('made', 'refused', 'seen') AND created_at < ?"
"""Delete the notes of requests whose outcome is known and that are older than a moment; so put, it uses the index."""
INSERT_HAPPENING: Final = "INSERT INTO happenings (order_id, at, source, what, detail) VALUES (?, ?, ?, ?, ?)"
"""Appends one line; its parameters come from `happening_row`."""
HISTORY: Final = "SELECT at, source, what, detail FROM happenings WHERE order_id = ? ORDER BY id"
"""The lines of one order, oldest first; each row for `happening_from`."""
INSERT_INTENT: Final = f"INSERT OR IGNORE INTO intents ({', '.join(_INTENT)}) VALUES ({', '.join('?' * len(_INTENT))})"  # noqa: S608
"""Writes one intent, unless it is there: after damage two programs write what they know. From `intent_row`."""
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
    values = {name: getattr(order, name) for name in _ORDER}
    values["country"] = _country_number(order.country)
    values["earlier"] = json.dumps([[received.code, received.at] for received in order.earlier])
    return (*values.values(), order.ended)


def _country_number(country: int | None) -> int:
    return NO_COUNTRY if country is None else country


def order_from(row: Sequence[Any]) -> Order:
    """The order of a row; ValueError (or TypeError) where a value is none that this version knows."""
    values = dict(zip(_ORDER, row, strict=True))
    values["country"] = None if values["country"] == NO_COUNTRY else values["country"]
    values["earlier"] = tuple(Received(code, at) for code, at in json.loads(values["earlier"]))
    values["kind"] = Kind(values["kind"])
    values["status"], values["cancel"] = Status(values["status"]), Cancel(values["cancel"])
    return Order(**values | {name: bool(values[name]) for name in _BOOLEANS})


def happening_row(order_id: str, line: Happening) -> tuple[object, ...]:
    """The parameters of `INSERT_HAPPENING`."""
    return (order_id, line.at, line.source, line.what, line.detail)


def happening_from(row: Sequence[Any]) -> Happening:
    """The line of a row; ValueError where the source is none that this version knows."""
    at, source, what, detail = row
    return Happening(at, Source(source), what, detail)


def intent_row(intent: Intent, pid: int) -> tuple[object, ...]:
    """The parameters of `INSERT_INTENT`; `pid` is the process that sends the request."""
    values = {name: getattr(intent.draft, name) for name in _DRAFT}
    draft = (values | {"country": _country_number(intent.draft.country)}).values()
    return (intent.intent_id, *draft, intent.created_at, intent.outcome, intent.detail, pid)


def intent_from(row: Sequence[Any]) -> tuple[Intent, int]:
    """The intent of a row and its process id; ValueError where the outcome is none that this version knows."""
    values = dict(zip(_INTENT, row, strict=True))
    intent = Intent(
        intent_id=values["intent_id"],
        draft=_draft_from(values),
        created_at=values["created_at"],
        outcome=Outcome(values["outcome"]),
        detail=values["detail"],
    )
    return intent, values["pid"]


def _draft_from(values: Mapping[str, Any]) -> Draft:
    draft = {name: values[name] for name in _DRAFT}
    draft["country"] = None if draft["country"] == NO_COUNTRY else draft["country"]
    draft["kind"] = Kind(draft["kind"])
    return Draft(**draft | {name: bool(draft[name]) for name in ("prepaid", "real_phone")})
