"""The till of the app: takes the intents of the account's screens to the services; part of the desk."""

import asyncio
from abc import abstractmethod
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import ApiError, ApiKeyError, ExportError
from s4s_tui.ui import messages_account as messages
from s4s_tui.ui.papers import Papers

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


class Till(Papers):
    """The account is read when a person wants to see it or an order has moved its money; never on a timer."""

    @abstractmethod
    async def copy_text(self, text: str, what: str) -> None:
        """Put it on the clipboard, and say what that means here."""

    @on(messages.AccountWanted)
    def _account_wanted(self) -> None:
        self.work(self._load_account, "account")

    async def _load_account(self) -> None:
        await (await self.connection()).account.load()

    # -- what moves the balance

    def shows(self, order: "Order") -> bool:
        """Whether the order's own screen is shown."""
        return self.order_shown == order.order_id

    def follow_money(self, old: "Order | None", new: "Order") -> None:
        """Read the account again where an order has moved its money."""
        from s4s_tui.domain.order import Kind, Status

        if old is not None and old.status is new.status:
            return
        if new.kind is Kind.FUND and new.status is Status.FUNDED and old is not None:
            if self.state.account.key:  # known in this run: no password manager is asked
                self.work(self._load_account, "account")
        elif new.prepaid and (old is None or new.ended):
            self.work(self._read_moved_balance, "account")

    def balance_may_have_moved(self, draft: "Draft") -> None:
        """The answer to an order was lost: where the balance was to pay for it, it is read again."""
        if draft.prepaid:
            self.work(self._read_moved_balance, "account")

    async def _read_moved_balance(self) -> None:
        with suppress(ApiError):  # the balance on the screen says when it was read
            await (await self.connection()).account.balance_by_itself()

    # -- the key

    @on(messages.KeyEntryWanted)
    def _ask_for_key(self) -> None:
        self.work(self._show_key_entry, "dialog")

    async def _show_key_entry(self) -> None:
        from s4s_tui.ui.screens.key import KeyScreen

        choices = (await self.connection()).account.choices()
        if not self.screen.is_modal:
            self.push_screen(KeyScreen(choices, self.state.account.origin, self.state.demo_key))

    @on(messages.KeyEntered)
    def _try_key(self, message: messages.KeyEntered) -> None:
        self.work(partial(self._enter_key, message.key, message.place), "write")

    async def _enter_key(self, key: "Secret", place: KeyPlace) -> None:
        from s4s_tui.services.account import why
        from s4s_tui.ui.screens.key import KeyScreen
        from s4s_tui.ui.text import sats

        account, said = (await self.connection()).account, ""
        try:
            await account.enter(key, place)
        except ApiKeyError as error:
            said = str(error)
        except ApiError as error:
            said = f"{why(error)} The key is not kept."
        dialog = next((one for one in self.screen_stack if isinstance(one, KeyScreen) and one.asking), None)
        if dialog is not None and said:
            dialog.answer(said)
            return
        if dialog is not None:
            dialog.dismiss(None)
        if said:
            self.notify(said, severity="warning", timeout=10, markup=False)
        else:
            balance = self.state.account.balance
            known = "" if balance is None else f" The balance is {sats(balance)}."
            self.notify(f"The server accepts the key.{known} {_KEPT[place]}", markup=False)
            self.work(self._load_account, "account")

    @on(messages.KeyRemovalWanted)
    def _removal_wanted(self) -> None:
        self.work(self._forget_key, "write")

    async def _forget_key(self) -> None:
        account = (await self.connection()).account
        try:
            await account.remove()
        except ApiKeyError as error:
            self.notify(str(error), severity="warning", timeout=10, markup=False)
            return
        await account.load()  # behind a key for this run alone another one may be kept
        kept = self.state.account
        other = f" The one {kept.origin} counts again." if kept.key else ""
        self.notify(f"The API key is removed.{other}", markup=False)

    # -- the history

    @on(messages.SecretCopyWanted)
    def _copy_secret(self, message: messages.SecretCopyWanted) -> None:
        self.work(partial(self._copy_revealed, message.text, message.what), "write")

    async def _copy_revealed(self, text: "Secret", what: str) -> None:
        await self.copy_text(text.reveal(), what)

    @on(messages.ExportWanted)
    def _export_wanted(self, message: messages.ExportWanted) -> None:
        deposits = self.state.account.deposits
        if deposits is not None:
            self.work(partial(self._write_history, deposits, message.kind), "write")

    async def _write_history(self, deposits: "Deposits", kind: "Format") -> None:
        from s4s_tui.services import export

        folder = (await self.connection()).outside.folder
        try:
            path = await asyncio.to_thread(export.write, deposits, folder, kind, now=self.now)
        except ExportError as error:
            self.notify(str(error), severity="warning", timeout=10, markup=False)
        else:
            self.name_file(str(path), "History written")
