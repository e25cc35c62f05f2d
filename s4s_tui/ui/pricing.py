"""Services, their prices, and payment from the balance: the part of the desk that answers the options on receiving."""

from functools import partial
from typing import TYPE_CHECKING

from s4s_tui.domain.errors import ApiError, ApiKeyError
from s4s_tui.ui import messages_offers as offers
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.messages_orders import OrderWanted
from s4s_tui.ui.part import Part

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft


class Pricing(Part):
    """Asks for prices when they are of use, and before the balance pays."""

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case offers.ServicesWanted(country):
                self.app.work(partial(self._services, country), "read", exclusive=True)
            case offers.PricesWanted():
                self.app.work(self._prices, "prices")
            case offers.ExactWanted(place):
                self.app.work(partial(self._exact, place), "exact")
            case offers.PrepaidWanted(draft):
                self.app.work(partial(self._ask_first, draft), "dialog")
            case _:
                super().take(intent)

    async def _services(self, country: int) -> None:
        await (await self.app.connection()).catalogue.load_services(country)

    async def _exact(self, place: tuple[int, str] | None) -> None:
        await (await self.app.connection()).exact.want(place)

    async def _prices(self) -> None:
        await (await self.app.connection()).catalogue.load_prices()
        from s4s_tui.ui.screens.service import ServiceScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, ServiceScreen):
                screen.prices_came()

    # -- from the balance

    async def _ask_first(self, draft: "Draft") -> None:
        """The question with the balance as it is now; nothing is sent where the balance does not do."""
        from s4s_tui.ui.options import prepaid_question, too_little
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.screens.payable import PayableScreen

        asker = self.app.screen if isinstance(self.app.screen, PayableScreen) else None
        balance, trouble = 0, ""
        try:
            balance = await (await self.app.connection()).account.read_balance()
            trouble = too_little(draft, balance)
        except (ApiKeyError, ApiError) as error:
            trouble = str(error)
        finally:
            if asker is not None:
                asker.balance_came()
        if trouble:
            self._say_no_order(trouble)
        elif self.app.screen is asker:  # else the person has gone on meanwhile
            question = prepaid_question(draft, balance, self.app.state.max_price)
            if await self.app.push_screen_wait(Confirm(question, yes="Pay from the balance", no="Go back")):
                self.app.post_message(OrderWanted(draft))

    def _say_no_order(self, trouble: str) -> None:
        """Where an order is being made at this moment, the state's word on orders is that one's."""
        from s4s_tui.domain.events import OrderRequestEnded

        sentence = f"No order was made. {trouble}"
        if self.app.state.buying is None:
            self.app.publish(OrderRequestEnded(sentence))
        else:
            self.app.notify(sentence, severity="warning", markup=False)
