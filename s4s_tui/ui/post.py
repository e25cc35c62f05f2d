"""The post: takes the intents of the screens that send a message to the services; part of the desk."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from s4s_tui.domain.errors import ApiError, ApiKeyError
from s4s_tui.ui import messages_post as messages
from s4s_tui.ui.messages import ChoiceMade, ScreenIntent
from s4s_tui.ui.messages_orders import OrderWanted
from s4s_tui.ui.part import Part

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.letters import Unsent
    from s4s_tui.domain.order import Order
    from s4s_tui.ui.sending import ConfirmingScreen, WritingScreen


class Post(Part):
    """Messages are written, shown once more, and ordered like anything else."""

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case messages.WriteAgainWanted(order_id):
                self.app.work(partial(self.write, self.app.state.order(order_id)), "dialog")
            case messages.SendPriceWanted():
                self.app.work(self._send_price, "read")
                self.app.work(self._read_phones, "read")
            case messages.UnsentChanged(unsent, leaving):
                self.app.work(partial(self._keep, unsent, leaving=leaving), "draft")
            case messages.BalanceWanted():
                self.app.work(self._balance, "read")
            case messages.PreviewWanted(draft):
                self._preview(draft)
            case messages.PrepaidWanted(draft):
                self.app.work(partial(self._ask_to_pay, draft), "dialog")
            case _:
                super().take(intent)

    async def write(self, order: "Order | None" = None) -> None:
        """Show the screen to write on, with what was typed before or what an order was to send."""
        from s4s_tui.ui.screens.send import SendScreen  # its message box is imported when it is wanted

        drafts = (await self.app.connection()).drafts
        unsent = await drafts.get()
        if order is not None:
            from s4s_tui.domain.letters import again

            unsent = again(order, unsent)
            drafts.put(unsent)
        if (screen := self._sender()) is None:
            await self.app.push_screen(SendScreen(unsent))
        else:
            while self.app.screen is not screen:
                await self.app.pop_screen()
            if order is not None:
                screen.write(unsent)
            self.app.post_message(ChoiceMade())
        await drafts.write()

    def _sender(self) -> "WritingScreen | None":
        from s4s_tui.ui.sending import WritingScreen

        return next((screen for screen in self.app.screen_stack if isinstance(screen, WritingScreen)), None)

    def _previewer(self) -> "ConfirmingScreen | None":
        from s4s_tui.ui.sending import ConfirmingScreen

        return next((screen for screen in self.app.screen_stack if isinstance(screen, ConfirmingScreen)), None)

    async def _send_price(self) -> None:
        await (await self.app.connection()).catalogue.load_prices()
        if (screen := self._sender()) is not None:
            screen.priced()

    async def _read_phones(self) -> None:
        """Have the tables of phone numbers ready (30 to 50 ms): beside the loop, so that no letter waits for it."""
        from s4s_tui.services.phones import read_phone

        await asyncio.to_thread(read_phone, "+49 170 1234567")
        if (screen := self._sender()) is not None:
            screen.phones_ready()

    async def _keep(self, unsent: "Unsent", *, leaving: bool) -> None:
        drafts = (await self.app.connection()).drafts
        if drafts.put(unsent):
            await drafts.write()
        elif leaving:
            await drafts.flush()

    async def _balance(self) -> None:
        trouble = ""
        try:
            await (await self.app.connection()).account.read_balance()
        except (ApiError, ApiKeyError) as error:
            trouble = str(error)
        if (screen := self._sender()) is not None:
            screen.balance_read(trouble)

    def _preview(self, draft: "Draft") -> None:
        from s4s_tui.ui.screens.preview import PreviewScreen

        self.app.push_screen(PreviewScreen(draft))

    async def _ask_to_pay(self, draft: "Draft") -> None:
        """The question, with the balance read just before it; nothing is sent where it does not suffice."""
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.send_view import prepaid_question, too_little

        said = ""
        try:
            balance = await (await self.app.connection()).account.read_balance()
        except (ApiError, ApiKeyError) as error:
            said = f"The balance could not be read, so nothing was ordered. {error}"
        else:
            said = too_little(draft, balance)
            if not said and self._previewer() is self.app.screen:
                question = prepaid_question(draft, balance, self.app.state.max_price)
                if await self.app.push_screen_wait(Confirm(question, yes="Pay and send", no="No")):
                    if (screen := self._previewer()) is not None:
                        screen.tried()
                    self.app.post_message(OrderWanted(draft))
                    return
        if (screen := self._previewer()) is not None:
            screen.tell(said)

    def ordered(self, order: "Order", draft: "Draft") -> bool:
        """A message was ordered: it is no draft any more. Whether its order is on the screen now."""
        from s4s_tui.domain.order import SENDING

        if order.kind not in SENDING:
            return False
        self.app.work(partial(self._clear, draft), "write")
        sender, preview = self._sender(), self._previewer()
        if sender is not None:
            sender.write(sender.unsent.without(draft))
        if preview is None or self.app.screen is not preview:
            return False
        if sender is not None and self.app.screen_stack[-2:] == [sender, preview]:
            self.app.pop_screen()  # back from the order leads to where the message was begun
        from s4s_tui.ui.screens.order import OrderScreen

        self.app.switch_screen(OrderScreen(order.order_id))
        return True

    async def _clear(self, draft: "Draft") -> None:
        await (await self.app.connection()).drafts.clear(draft)
