"""Renting: the part of the desk that leads to the numbers that can be rented."""

from textual import on

from s4s_tui.ui import messages_offers as offers
from s4s_tui.ui.base import Place
from s4s_tui.ui.working import Working


class Renting(Working):
    """Opens the screens of renting and loads what they show."""

    def action_rent(self) -> None:
        """Show where a number can be rented."""
        from s4s_tui.ui.screens.rent import RentScreen

        self.push_screen(RentScreen())

    @on(offers.RentalsWanted)
    def _load_rentals(self) -> None:
        self.work(self._rentals, "rentals", exclusive=True)

    async def _rentals(self) -> None:
        await (await self.connection()).catalogue.load_rentals()
        from s4s_tui.ui.screens.rent import RentScreen

        for screen in self.screen_stack:
            if isinstance(screen, RentScreen):
                screen.offers_came()

    @on(offers.RentalChosen)
    def _show_rented_services(self, message: offers.RentalChosen) -> None:
        from s4s_tui.ui.screens.rent import RentServiceScreen

        self.push_screen(RentServiceScreen(message.offer))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No list of rentals on top of itself, none on top of a question."""
        if action == "rent":
            return self.place is not Place.RENT and not self.screen.is_modal
        return super().check_action(action, parameters)
