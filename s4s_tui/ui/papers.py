"""The papers of an order: its history on a screen, its QR code as a picture, the file for the operator's support."""

import asyncio
from functools import partial

from textual import on

from s4s_tui.domain.errors import JournalError
from s4s_tui.ui import messages
from s4s_tui.ui.whereabouts import Whereabouts

_QR_FOLDER = "qr"


class Papers(Whereabouts):
    """Answers the intents of the order's screen that read the journal; part of the desk."""

    @on(messages.HistoryWanted)
    def _show_history(self, message: messages.HistoryWanted) -> None:
        self.work(partial(self._history, message.order_id), "write")

    async def _history(self, order_id: str) -> None:
        try:
            lines = await (await self.connection()).outside.journal.history(order_id)
        except JournalError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        from s4s_tui.ui.screens.history import HistoryScreen

        screen = self.screen  # as it is now: the person may have gone on meanwhile
        if isinstance(screen, HistoryScreen) and screen.order_id == order_id:
            screen.tell(lines)
        elif self.order_shown == order_id:
            self.push_screen(HistoryScreen(order_id, lines))

    @on(messages.QrFileWanted)
    def _write_qr(self, message: messages.QrFileWanted) -> None:
        self.work(partial(self._qr_file, message.order_id), "write")

    async def _qr_file(self, order_id: str) -> None:
        from s4s_tui.domain.text import file_words
        from s4s_tui.services.newfile import write_new
        from s4s_tui.terminal.qr import png

        order = self.state.order(order_id)
        if order is None or not order.payable(self.now()):
            return
        folder = (await self.connection()).outside.folder / _QR_FOLDER
        name = f"invoice-{file_words(order_id, 8)}"
        try:
            path = await asyncio.to_thread(lambda: write_new(folder, name, "png", png(order.payreq)))
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            self.notify(f"The picture cannot be written to {folder}: {why}.", severity="warning", markup=False)
        else:
            self.name_file(str(path), "QR code saved")

    @on(messages.SupportFileWanted)
    def _write_file(self, message: messages.SupportFileWanted) -> None:
        self.work(partial(self._file, message.order_id, secrets=message.secrets), "write")

    async def _file(self, order_id: str, *, secrets: bool) -> None:
        from s4s_tui.domain.report import SUPPORT

        try:
            path = await (await self.connection()).support.write(order_id, secrets=secrets)
        except JournalError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.name_file(f"{path}\nSend it to {SUPPORT}.", "File for support")
