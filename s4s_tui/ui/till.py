"""The till of the app: takes the intents of the account's screens to the services; part of the desk."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import ApiError, ApiKeyError, ExportError
from s4s_tui.ui import messages_account as messages
from s4s_tui.ui.copying import Copying
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.part import Part, Working
from s4s_tui.ui.whereabouts import Whereabouts

if TYPE_CHECKING:
    from s4s_tui.domain.account import Deposits
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.order import Order
    from s4s_tui.domain.secret import Secret
    from s4s_tui.services.export import Format

_KEPT: Final = {
    KeyPlace.KEYRING: "It is kept in the keyring.",
    KeyPlace.FILE: "It is kept in the config file.",
    KeyPlace.RUN: "It is kept nowhere, and known until the program ends.",
}


class Till(Part):
    """The account is read when a person wants to see it or an order has moved its money; never on a timer."""

    def __init__(self, app: Working, copying: Copying, whereabouts: Whereabouts) -> None:
        super().__init__(app)
        self._copying = copying
        self._whereabouts = whereabouts

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case messages.AccountWanted():
                self.app.work(self._load_account, "account")
            case messages.KeyEntryWanted():
                self.app.work(self._show_key_entry, "dialog")
            case messages.KeyEntered(key, place):
                self.app.work(partial(self._enter_key, key, place), "write")
            case messages.KeyRemovalWanted():
                self.app.work(self._forget_key, "write")
            case messages.SecretCopyWanted(text, what):
                self.app.work(partial(self._copy_revealed, text, what), "write")
            case messages.ExportWanted(kind):
                self._export(kind)
            case _:
                super().take(intent)

    async def _load_account(self) -> None:
        await (await self.app.connection()).account.load()

    # -- what moves the balance

    def follow_money(self, old: "Order | None", new: "Order") -> None:
        """Read the account again where an order has moved its money."""
        from s4s_tui.domain.order import Kind, Status

        if old is not None and old.status is new.status:
            return
        if new.kind is Kind.FUND and new.status is Status.FUNDED and old is not None:
            if self.app.state.account.key:  # known in this run: no password manager is asked
                self.app.work(self._load_account, "account")
        elif new.prepaid and (old is None or new.ended):
            self.app.work(self._read_moved_balance, "account")

    def balance_may_have_moved(self, draft: "Draft") -> None:
        """The answer to an order was lost: where the balance was to pay for it, it is read again."""
        if draft.prepaid:
            self.app.work(self._read_moved_balance, "account")

    async def _read_moved_balance(self) -> None:
        with suppress(ApiError):  # the balance on the screen says when it was read
            await (await self.app.connection()).account.balance_by_itself()

    # -- the key

    async def _show_key_entry(self) -> None:
        from s4s_tui.ui.screens.key import KeyScreen

        choices = (await self.app.connection()).account.choices()
        if not self.app.screen.is_modal:
            self.app.push_screen(KeyScreen(choices, self.app.state.account.origin, self.app.state.demo_key))

    async def _enter_key(self, key: "Secret", place: KeyPlace) -> None:
        from s4s_tui.services.account import why
        from s4s_tui.ui.screens.key import KeyScreen
        from s4s_tui.ui.text import sats

        account, said = (await self.app.connection()).account, ""
        try:
            await account.enter(key, place)
        except ApiKeyError as error:
            said = str(error)
        except ApiError as error:
            said = f"{why(error)} The key is not kept."
        dialog = next((one for one in self.app.screen_stack if isinstance(one, KeyScreen) and one.asking), None)
        if dialog is not None and said:
            dialog.answer(said)
            return
        if dialog is not None:
            dialog.dismiss(None)
        if said:
            self.app.notify(said, severity="warning", timeout=10, markup=False)
        else:
            balance = self.app.state.account.balance
            known = "" if balance is None else f" The balance is {sats(balance)}."
            self.app.notify(f"The server accepts the key.{known} {_KEPT[place]}", markup=False)
            self.app.work(self._load_account, "account")

    async def _forget_key(self) -> None:
        account = (await self.app.connection()).account
        try:
            await account.remove()
        except ApiKeyError as error:
            self.app.notify(str(error), severity="warning", timeout=10, markup=False)
            return
        await account.load()  # behind a key for this run alone another one may be kept
        kept = self.app.state.account
        other = f" The one {kept.origin} counts again." if kept.key else ""
        self.app.notify(f"The API key is removed.{other}", markup=False)

    # -- the history

    async def _copy_revealed(self, text: "Secret", what: str) -> None:
        await self._copying.copy_text(text.reveal(), what)

    def _export(self, kind: "Format") -> None:
        deposits = self.app.state.account.deposits
        if deposits is not None:
            self.app.work(partial(self._write_history, deposits, kind), "write")

    async def _write_history(self, deposits: "Deposits", kind: "Format") -> None:
        from s4s_tui.services import export

        folder = (await self.app.connection()).outside.folder
        try:
            path = await asyncio.to_thread(export.write, deposits, folder, kind, now=self.app.now)
        except ExportError as error:
            self.app.notify(str(error), severity="warning", timeout=10, markup=False)
        else:
            self._whereabouts.name_file(str(path), "History written")
