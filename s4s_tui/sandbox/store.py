"""The orders and balances of a sandbox in a file, so that they outlive the process, however it ends."""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from s4s_tui.sandbox import rows
from s4s_tui.sandbox.orders import SandboxOrder

_FORMAT = "s4s-tui sandbox 1"
_SIZE_LIMIT = 32 * 2**20
"""Bytes of the largest file that is read; 10,000 orders need some 9 MB."""


@dataclass(frozen=True, slots=True)
class State:
    """What outlives the process.

    Attributes:
        orders: the orders, oldest first.
        carried: by account, the sats by which orders that are no longer kept have changed its balance.
    """

    orders: tuple[SandboxOrder, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)


def load(path: Path) -> State:
    """What the file holds; nothing where there is no file.

    A file that is not ours is set aside as `<name>.broken` and counts as none.

    Raises:
        OSError: the file is there but cannot be read or set aside.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError:
        return State()
    try:
        return _decode(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # cut off, edited, or another program's
        path.replace(path.with_name(f"{path.name}.broken"))
        return State()


def save(path: Path, state: State) -> None:
    """Write the state: the file is the old or the new one at any moment, and readable by its owner only.

    Raises:
        OSError: the file cannot be written; the old one is then still there.
    """
    document = {"format": _FORMAT, "carried": state.carried, "orders": [rows.row(order) for order in state.orders]}
    text = json.dumps(document, separators=(",", ":"))
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


def _decode(raw: bytes) -> State:
    if len(raw) > _SIZE_LIMIT:
        raise ValueError("too large")
    document = json.loads(raw)
    if document["format"] != _FORMAT:
        raise ValueError("another format")
    carried = {str(account): rows.of_type(int, sats) for account, sats in document.get("carried", {}).items()}
    return State(tuple(rows.order(row) for row in document["orders"]), carried)
