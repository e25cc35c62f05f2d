"""The shelf on disk: the last list of services of each country, to be shown when a start finds no network.

A cache and nothing more: no sync, no error, no word. What cannot be read is not there, what cannot be written is not
kept. What is read back is judged like an answer of a stranger, because anybody may have written it.
"""

import asyncio
import math
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.text import clean
from s4s_tui.services.ports import Kept

VERSION: Final = 1
MOST_BYTES: Final = 2_000_000
"""A list of the 1,717 services that the server is known for takes about 60,000."""
MOST_ROWS: Final = 5_000
MOST_COUNTRIES: Final = 60
KEPT_FOR: Final = 90 * 86400.0
"""Seconds after which a list says nothing any more about what can be had."""
_LARGEST: Final = 10**16
"""No count and no price in sats is larger: all sats that will ever exist are 2.1 × 10¹⁵."""
_OURS: Final = re.compile(r"[0-9]{1,9}\.json|\..*\.tmp")
"""Lists, and what a crash left of one half-written; other files in the folder are left alone."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands in a file; rows are code, name and count."""

    version: int
    source: str
    country: int
    at: float
    price: int | None
    rows: list[tuple[str, str, int | None]]


class FileShelf:
    """`ports.Shelf` in a folder (made 0700) with one JSON file (0600) for each country."""

    def __init__(self, folder: Path, *, source: str, now: Callable[[], float] = time.time) -> None:
        """Args: `source` names the server (a list of another one is no use); `now` gives Unix time."""
        self._folder = folder
        self._source = source
        self._now = now
        self._writing = threading.Lock()

    async def get(self, country: int) -> Kept | None:
        """What was kept of this country, None where there is nothing of use."""
        return await asyncio.to_thread(self._get, country)

    async def put(self, country: int, rows: Sequence[Service], price: int | None, at: float) -> None:
        """Keep a list that came at `at` (Unix seconds); the countries least lately kept go when there are too many."""
        page = _Page(VERSION, self._source, country, at, price, [(row.code, row.name, row.count) for row in rows])
        await asyncio.to_thread(self._put, page)

    def _get(self, country: int) -> Kept | None:
        import msgspec

        try:
            page = msgspec.json.decode(_read(self._path(country)), type=_Page)
        except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
            return None
        meant = (page.version, page.source, page.country) == (VERSION, self._source, country)
        # The clock may have been set back since: an age that is negative is none.
        return _kept(page) if meant and 0 <= self._now() - page.at <= KEPT_FOR else None

    def _put(self, page: _Page) -> None:
        import msgspec

        with suppress(OSError, ValueError, msgspec.MsgspecError), self._writing:
            content = msgspec.json.encode(page)
            if len(content) <= MOST_BYTES and len(page.rows) <= MOST_ROWS:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                _replace(self._path(page.country), content)
                _drop_oldest(self._folder)

    def _path(self, country: int) -> Path:
        return self._folder / f"{country}.json"


def _read(path: Path) -> bytes:
    """The content of an ordinary file. Raises OSError, and ValueError where it is none or too large."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # a pipe would be waited for
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("not a file")
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    return content


def _kept(page: _Page) -> Kept | None:
    """The page, made harmless; None where it holds what this program never writes."""
    rows = tuple(Service(code, clean(name) or code, count) for code, name, count in page.rows)
    codes = {row.code for row in rows if row.code and row.code == clean(row.code)}
    numbers = (page.price, *(row.count for row in rows))
    if len(rows) > MOST_ROWS or len(codes) < len(rows) or not all(map(_sensible, numbers)):
        return None
    return Kept(rows, page.price, page.at)


def _sensible(number: int | None) -> bool:
    return number is None or 0 <= number <= _LARGEST


def _replace(path: Path, content: bytes) -> None:
    """Write the file in one step: a reader, or the next start after a crash, finds the old one or the new one."""
    from tempfile import mkstemp

    handle, name = mkstemp(dir=path.parent, prefix=".", suffix=".tmp")  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _drop_oldest(folder: Path) -> None:
    files = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    for path in sorted(files, key=_written, reverse=True)[MOST_COUNTRIES:]:
        path.unlink(missing_ok=True)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # a second program may have dropped it, too
        return math.inf
