"""Prices, and payment from the balance: the part of the desk that answers the options on receiving."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from s4s_tui.domain.errors import ApiError, ApiKeyError
from s4s_tui.ui import messages_offers as offers
from s4s_tui.ui.messages import OrderWanted
from s4s_tui.ui.working import Working

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft


class Pricing(Working):
    """Asks for prices when they are of use, and before the balance pays."""

    @on(offers.ExactWanted)
    def _ask_exact(self, message: offers.ExactWanted) -> None:
        self.work(partial(self._exact, message.place), "exact")

    async def _exact(self, place: tuple[int, str] | None) -> None:
        await (await self.connection()).exact.want(place)

    @on(offers.PricesWanted)
    def _ask_prices(self) -> None:
        self.work(self._prices, "prices")

    async def _prices(self) -> None:
        await (await self.connection()).catalogue.load_prices()
        from s4s_tui.ui.screens.service import ServiceScreen

        for screen in self.screen_stack:
            if isinstance(screen, ServiceScreen):
                screen.prices_came()

    # -- from the balance

    @on(offers.PrepaidWanted)
    def _pay_from_balance(self, message: offers.PrepaidWanted) -> None:
        self.work(partial(self._ask_first, message.draft), "dialog")

    async def _ask_first(self, draft: "Draft") -> None:
        """The question with the balance as it is now; nothing is sent where the balance does not do."""
        from s4s_tui.ui.options import prepaid_question, too_little
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.screens.payable import PayableScreen

        asker = self.screen if isinstance(self.screen, PayableScreen) else None
        balance, trouble = 0, ""
        try:
            balance = await (await self.connection()).account.read_balance()
            trouble = too_little(draft, balance)
        except (ApiKeyError, ApiError) as error:
            trouble = str(error)
        finally:
            if asker is not None:
                asker.balance_came()
        if trouble:
            self._say_no_order(trouble)
        elif self.screen is asker:  # else the person has gone on meanwhile
            question = prepaid_question(draft, balance, self.state.max_price)
            if await self.push_screen_wait(Confirm(question, yes="Pay from the balance", no="Go back")):
                self.post_message(OrderWanted(draft))

    def _say_no_order(self, trouble: str) -> None:
        """Where an order is being made at this moment, the state's word on orders is that one's."""
        from s4s_tui.domain.events import OrderRequestEnded

        sentence = f"No order was made. {trouble}"
        if self.state.buying is None:
            self.publish(OrderRequestEnded(sentence))
        else:
            self.notify(sentence, severity="warning", markup=False)
