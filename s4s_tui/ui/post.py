"""The post: takes the intents of the screens that send a message to the services; part of the desk."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from s4s_tui.domain.errors import ApiError, ApiKeyError
from s4s_tui.ui import messages_post as messages
from s4s_tui.ui.base import Place
from s4s_tui.ui.messages import ChoiceMade, OrderWanted
from s4s_tui.ui.papers import Papers

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.order import Order
    from s4s_tui.ui.sending import ConfirmingScreen, WritingScreen


class Post(Papers):
    """Messages are written, shown once more, and ordered like anything else."""

    @property
    def is_sending(self) -> bool:
        """Whether a message is being written on the screen that is shown, or previewed."""
        return self.place is Place.SENDING

    def action_send(self) -> None:
        """Write an SMS or an e-mail."""
        self.work(self._write, "dialog")

    async def _write(self, order: "Order | None" = None) -> None:
        """Show the screen to write on, with what was typed before or what an order was to send."""
        from s4s_tui.ui.screens.send import SendScreen  # its message box is imported when it is wanted

        drafts = (await self.connection()).drafts
        unsent = await drafts.get()
        if order is not None:
            from s4s_tui.domain.letters import again

            unsent = again(order, unsent)
            drafts.put(unsent)
        if (screen := self._sender()) is None:
            await self.push_screen(SendScreen(unsent))
        else:
            while self.screen is not screen:
                await self.pop_screen()
            if order is not None:
                screen.write(unsent)
            self.post_message(ChoiceMade())
        await drafts.write()

    def _sender(self) -> "WritingScreen | None":
        from s4s_tui.ui.sending import WritingScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, WritingScreen)), None)

    def _previewer(self) -> "ConfirmingScreen | None":
        from s4s_tui.ui.sending import ConfirmingScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, ConfirmingScreen)), None)

    @on(messages.WriteAgainWanted)
    def _write_again(self, message: messages.WriteAgainWanted) -> None:
        self.work(partial(self._write, self.state.order(message.order_id)), "dialog")

    @on(messages.SendPriceWanted)
    def _ask_send_price(self) -> None:
        self.work(self._send_price, "read")
        self.work(self._read_phones, "read")

    async def _send_price(self) -> None:
        await (await self.connection()).catalogue.load_prices()
        if (screen := self._sender()) is not None:
            screen.priced()

    async def _read_phones(self) -> None:
        """Have the tables of phone numbers ready (30 to 50 ms): beside the loop, so that no letter waits for it."""
        from s4s_tui.services.phones import read_phone

        await asyncio.to_thread(read_phone, "+49 170 1234567")
        if (screen := self._sender()) is not None:
            screen.phones_ready()

    @on(messages.UnsentChanged)
    def _keep_unsent(self, message: messages.UnsentChanged) -> None:
        self.work(partial(self._keep, message), "draft")

    async def _keep(self, message: messages.UnsentChanged) -> None:
        drafts = (await self.connection()).drafts
        if drafts.put(message.unsent):
            await drafts.write()
        elif message.leaving:
            await drafts.flush()

    @on(messages.BalanceWanted)
    def _read_balance(self) -> None:
        self.work(self._balance, "read")

    async def _balance(self) -> None:
        trouble = ""
        try:
            await (await self.connection()).account.read_balance()
        except (ApiError, ApiKeyError) as error:
            trouble = str(error)
        if (screen := self._sender()) is not None:
            screen.balance_read(trouble)

    @on(messages.PreviewWanted)
    def _preview(self, message: messages.PreviewWanted) -> None:
        from s4s_tui.ui.screens.preview import PreviewScreen

        self.push_screen(PreviewScreen(message.draft))

    @on(messages.PrepaidWanted)
    def _pay_message_from_balance(self, message: messages.PrepaidWanted) -> None:
        self.work(partial(self._ask_to_pay, message.draft), "dialog")

    async def _ask_to_pay(self, draft: "Draft") -> None:
        """The question, with the balance read just before it; nothing is sent where it does not suffice."""
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.send_view import prepaid_question, too_little

        said = ""
        try:
            balance = await (await self.connection()).account.read_balance()
        except (ApiError, ApiKeyError) as error:
            said = f"The balance could not be read, so nothing was ordered. {error}"
        else:
            said = too_little(draft, balance)
            if not said and self._previewer() is self.screen:
                question = Confirm(prepaid_question(draft, balance, self.state.max_price), yes="Pay and send", no="No")
                if await self.push_screen_wait(question):
                    if (screen := self._previewer()) is not None:
                        screen.tried()
                    self.post_message(OrderWanted(draft))
                    return
        if (screen := self._previewer()) is not None:
            screen.tell(said)

    def ordered(self, order: "Order", draft: "Draft") -> bool:
        """A message was ordered: it is no draft any more. Whether its order is on the screen now."""
        from s4s_tui.domain.order import SENDING

        if order.kind not in SENDING:
            return False
        self.work(partial(self._clear, draft), "write")
        sender, preview = self._sender(), self._previewer()
        if sender is not None:
            sender.write(sender.unsent.without(draft))
        if preview is None or self.screen is not preview:
            return False
        if sender is not None and self.screen_stack[-2:] == [sender, preview]:
            self.pop_screen()  # back from the order leads to where the message was begun
        from s4s_tui.ui.screens.order import OrderScreen

        self.switch_screen(OrderScreen(order.order_id))
        return True

    async def _clear(self, draft: "Draft") -> None:
        await (await self.connection()).drafts.clear(draft)
