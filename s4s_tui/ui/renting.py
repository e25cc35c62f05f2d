"""Renting: the part of the desk that leads to the numbers that can be rented."""

from typing import TYPE_CHECKING

from s4s_tui.ui import messages_offers as offers
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.part import Part

if TYPE_CHECKING:
    from s4s_tui.domain.account import RentalOffer


class Renting(Part):
    """Opens the screens of renting and loads what they show."""

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case offers.RentalsWanted():
                self.app.work(self._rentals, "rentals", exclusive=True)
            case offers.RentalChosen(offer):
                self._show_services(offer)
            case _:
                super().take(intent)

    async def _rentals(self) -> None:
        await (await self.app.connection()).catalogue.load_rentals()
        from s4s_tui.ui.screens.rent import RentScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, RentScreen):
                screen.offers_came()

    def _show_services(self, offer: "RentalOffer") -> None:
        from s4s_tui.ui.screens.rent import RentServiceScreen

        self.app.push_screen(RentServiceScreen(offer))
