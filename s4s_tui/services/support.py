"""The file about one order that a person can send to the operator's support."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening
from s4s_tui.domain.order import Order
from s4s_tui.domain.text import file_words
from s4s_tui.services.newfile import write_new
from s4s_tui.services.ports import Clock, Journal, Store

_ID: Final = 8
"""Characters of the order's id in the file's name."""


class SupportFiles:
    """Writes such files (0600) into a folder of their own (0700); never over another file."""

    def __init__(
        self,
        folder: Path,
        *,
        journal: Journal,
        store: Store,
        clock: Clock,
        program: str,
        server: str,
    ) -> None:
        """Args: `program` is name and version, `server` the address that orders are made at."""
        self._folder = folder
        self._journal = journal
        self._store = store
        self._clock = clock
        self._program = program
        self._server = server

    async def write(self, order_id: str, *, secrets: bool) -> Path:
        """Write the file about an order and return where it is; `secrets`: with its number and its code.

        A history that cannot be read does not keep the rest from being written: that may be what goes wrong.

        Raises:
            JournalError: there is no such order any more, or the file cannot be written; the sentence says why.
        """
        order = self._store.state.order(order_id) or await self._journal.order(order_id)
        if order is None:
            raise JournalError("This order is not in the journal any more, so there is nothing to write about it.")
        lines: tuple[Happening, ...] = ()
        trouble = ""
        try:
            lines = await self._journal.history(order_id)
        except JournalError as error:
            trouble = str(error)
        now = self._clock.now()
        text = self._text(order, lines, now, secrets=secrets, trouble=trouble)
        return await asyncio.shield(asyncio.to_thread(self._write, _name(order_id, now), text))

    def _text(self, order: Order, lines: tuple[Happening, ...], now: float, *, secrets: bool, trouble: str) -> str:
        # Imported with the first file: with what the checks need, 4 ms that a start does not pay.
        from s4s_tui.domain.checks import inspect_order
        from s4s_tui.domain.report import Setting, report

        inspection = inspect_order(order, payees=self._store.state.payees, now=now, most=self._store.state.max_price)
        setting = Setting(now=now, program=self._program, server=self._server, secrets=secrets, trouble=trouble)
        return report(order, lines, inspection, setting)

    def _write(self, name: str, text: str) -> Path:
        try:
            return write_new(self._folder, name, "txt", text.encode("utf-8", "replace"))
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise JournalError(f"The file for support cannot be written to {self._folder}: {why}.") from error


def _name(order_id: str, now: float) -> str:
    """The file's name without its ending: a short id, whatever the server took as one, and the time in UTC."""
    short = file_words(order_id, _ID)
    return "-".join(part for part in ("order", short, f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}") if part)
