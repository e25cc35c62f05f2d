"""The orders of a sandbox in a file, so that they outlive the process, however it ends."""

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from s4s_tui.sandbox.orders import Plan, SandboxOrder
from s4s_tui.sandbox.stock import countries, services

_FORMAT = "s4s-tui sandbox 1"
_SIZE_LIMIT = 32 * 2**20
"""Bytes of the largest file that is read; 10,000 orders need some 9 MB."""

_T = TypeVar("_T")


def load(path: Path) -> tuple[SandboxOrder, ...]:
    """The orders in the file, oldest first; none where there is no file.

    A file that is not ours is set aside as `<name>.broken` and counts as none.

    Raises:
        OSError: the file is there but cannot be read or set aside.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError:
        return ()
    try:
        return _decode(raw)
    except (ValueError, KeyError, TypeError, RecursionError):  # cut off, edited, or another program's
        path.replace(path.with_name(f"{path.name}.broken"))
        return ()


def save(path: Path, orders: Iterable[SandboxOrder]) -> None:
    """Write the orders, oldest first: the file is the old or the new one at any moment, and readable by its owner only.

    Raises:
        OSError: the file cannot be written; the old one is then still there.
    """
    text = json.dumps({"format": _FORMAT, "orders": [asdict(order) for order in orders]}, separators=(",", ":"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _decode(raw: bytes) -> tuple[SandboxOrder, ...]:
    if len(raw) > _SIZE_LIMIT:
        raise ValueError("too large")
    document = json.loads(raw)
    if document["format"] != _FORMAT:
        raise ValueError("another format")
    return tuple(_order(row) for row in document["orders"])


def _order(row: dict[str, Any]) -> SandboxOrder:
    plan = row["plan"]
    if row["country"] not in countries() or row["service"] not in services():
        raise ValueError("another catalogue")
    return SandboxOrder(
        order_id=_is(str, row["order_id"]),
        payreq=_is(str, row["payreq"]),
        activation=_is(int, row["activation"]),
        country=_is(int, row["country"]),
        service=_is(str, row["service"]),
        created_at=_is(float, row["created_at"]),
        expires_at=_is(float, row["expires_at"]),
        plan=Plan(
            number=_is_or_none(str, plan["number"]),
            number_after=_is(float, plan["number_after"]),
            code=_is(str, plan["code"]),
            code_after=_is_or_none(float, plan["code_after"]),
            speed=_is(float, plan["speed"]),
        ),
        paid_at=_is_or_none(float, row["paid_at"]),
        cancelled_at=_is_or_none(float, row["cancelled_at"]),
    )


def _is(kind: type[_T], value: object) -> _T:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _is_or_none(kind: type[_T], value: object) -> _T | None:
    return None if value is None else _is(kind, value)
