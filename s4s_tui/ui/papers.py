"""The papers of an order: its history on a screen, its QR code as a picture, the file for the operator's support."""

import asyncio
from functools import partial

from s4s_tui.domain.errors import JournalError
from s4s_tui.ui import messages_orders as messages
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.part import Part, Working
from s4s_tui.ui.whereabouts import Whereabouts

_QR_FOLDER = "qr"


class Papers(Part):
    """Answers the intents of the order's screen that read the journal; part of the desk."""

    def __init__(self, app: Working, whereabouts: Whereabouts) -> None:
        super().__init__(app)
        self._whereabouts = whereabouts

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case messages.HistoryWanted(order_id):
                self.app.work(partial(self._history, order_id), "write")
            case messages.QrFileWanted(order_id):
                self.app.work(partial(self._qr_file, order_id), "write")
            case messages.SupportFileWanted(order_id, secrets):
                self.app.work(partial(self._file, order_id, secrets=secrets), "write")
            case _:
                super().take(intent)

    async def _history(self, order_id: str) -> None:
        try:
            lines = await (await self.app.connection()).outside.journal.history(order_id)
        except JournalError as error:
            self.app.notify(str(error), severity="warning", markup=False)
            return
        from s4s_tui.ui.screens.history import HistoryScreen

        screen = self.app.screen  # as it is now: the person may have gone on meanwhile
        if isinstance(screen, HistoryScreen) and screen.order_id == order_id:
            screen.tell(lines)
        elif self.app.order_shown == order_id:
            self.app.push_screen(HistoryScreen(order_id, lines))

    async def _qr_file(self, order_id: str) -> None:
        from s4s_tui.domain.text import file_words
        from s4s_tui.services.newfile import write_new
        from s4s_tui.terminal.qr import png

        order = self.app.state.order(order_id)
        if order is None or not order.payable(self.app.now()):
            return
        folder = (await self.app.connection()).outside.folder / _QR_FOLDER
        name = f"invoice-{file_words(order_id, 8)}"
        try:
            path = await asyncio.to_thread(lambda: write_new(folder, name, "png", png(order.payreq)))
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            self.app.notify(f"The picture cannot be written to {folder}: {why}.", severity="warning", markup=False)
        else:
            self._whereabouts.name_file(str(path), "QR code saved")

    async def _file(self, order_id: str, *, secrets: bool) -> None:
        from s4s_tui.domain.report import SUPPORT

        try:
            path = await (await self.app.connection()).support.write(order_id, secrets=secrets)
        except JournalError as error:
            self.app.notify(str(error), severity="warning", markup=False)
        else:
            self._whereabouts.name_file(f"{path}\nSend it to {SUPPORT}.", "File for support")
