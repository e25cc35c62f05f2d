"""The account's history as a file: CSV for a spreadsheet, JSON for a program. No key and no preimage is in it."""

import csv
import io
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from s4s_tui.domain.account import Deposit, Deposits
from s4s_tui.domain.errors import ExportError
from s4s_tui.services.newfile import write_new

FOLDER: Final = "export"
"""In the data folder; made 0700."""
COLUMNS: Final = ("date", "amount", "price", "description", "payment_hash")
"""Dates in ISO 8601, UTC; amounts in sats; the price as the server wrote it."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP: CSV injection), also after blanks."""


class Format(StrEnum):
    """What kind of file; the value ends its name."""

    CSV = "csv"
    JSON = "json"


def write(deposits: Deposits, folder: Path, kind: Format, *, now: Callable[[], float] = time.time) -> Path:
    """Write a new file (0600) into the sub folder `export` of the data folder; its path. It blocks.

    The file is there whole or not at all, and no other one is overwritten.

    Args:
        deposits: what is written, in its order.
        folder: the data folder of this run.
        kind: CSV or JSON.
        now: gives Unix time, for the file's name.

    Raises:
        ExportError: it cannot be written.
    """
    content = _csv(deposits) if kind is Format.CSV else _json(deposits)
    place = folder / FOLDER
    try:
        return write_new(place, f"history-{_stamp(now())}", kind, content)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExportError(f"The history cannot be written to {place}: {reason}.") from error


def _csv(deposits: Deposits) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in deposits.rows:
        writer.writerow(
            ["" if cell is None else cell if isinstance(cell, int) else _cell(cell) for cell in _cells(row)]
        )
    return text.getvalue().encode(errors="replace")


def _json(deposits: Deposits) -> bytes:
    rows = [dict(zip(COLUMNS, _cells(row), strict=True)) for row in deposits.rows]
    text = json.dumps({"total": deposits.total, "deposits": rows}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode(errors="replace")


def _cells(row: Deposit) -> tuple[str | None, int | None, str, str, str]:
    return (_date(row.at), row.amount, row.price, row.description, row.payment_hash)


def _date(at: float | None) -> str | None:
    """ISO 8601 in UTC, whole seconds; None where there is none, or none that a calendar has."""
    if at is None:
        return None
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return None


def _cell(text: str) -> str:
    """The text so that no spreadsheet computes it."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _stamp(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
