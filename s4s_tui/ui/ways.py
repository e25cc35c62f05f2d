"""The ways: the keys that lead from any screen to another one; each screen is imported when it is first wanted."""

from collections.abc import Iterable

from textual.app import SystemCommand
from textual.screen import Screen

from s4s_tui.terminal.jobs import has_job_control
from s4s_tui.ui.base import Place, place_of
from s4s_tui.ui.desk import Desk

_PLACES = {"orders": Place.ORDERS, "rent": Place.RENT, "settings": Place.SETTINGS, "send": Place.SENDING}
"""What an action leads to."""


class Ways(Desk):
    """No screen on top of itself, none on top of a question."""

    def action_send(self) -> None:
        """Write an SMS or an e-mail."""
        self.work(self.post.write, "dialog")

    def action_rent(self) -> None:
        """Show where a number can be rented."""
        from s4s_tui.ui.screens.rent import RentScreen

        self.push_screen(RentScreen())

    def action_settings(self) -> None:
        """Show the settings."""
        from s4s_tui.ui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_orders(self) -> None:
        """Show all orders."""
        from s4s_tui.ui.screens.orders import OrdersScreen

        if self.place is not Place.ORDERS:
            self.push_screen(OrdersScreen())

    def action_account(self, _key: str = "") -> None:
        """Show the account."""
        from s4s_tui.ui.screens.account import AccountScreen

        self.push_screen(AccountScreen())

    def action_find(self) -> None:
        """Find an order that is not on the list."""
        from s4s_tui.ui.screens.find import FindScreen

        self.push_screen(FindScreen())

    def action_help(self) -> None:
        """Show the keys that work here."""
        from s4s_tui.ui.screens.help import HelpScreen, help_groups

        self.push_screen(HelpScreen(help_groups(self.screen)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No screen on top of itself, none on top of a question."""
        asked = self.screen.is_modal
        match action:
            case "suspend_process":
                return has_job_control()
            case "account":
                a_letter_counts = not parameters or self.place is not Place.ORDER  # there it accepts an invoice
                return a_letter_counts and self.place is not Place.ACCOUNT and not asked
            case "help" | "mask":
                return not asked
            case _ if action in _PLACES:
                return self.place is not _PLACES[action] and not asked
            case _:
                return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers beside the keys of the screen."""
        yield from super().get_system_commands(screen)
        if screen.is_modal:
            return
        if place_of(screen) is not Place.SETTINGS:
            yield SystemCommand("Settings", "Colours, copies, notices, limits", self.action_settings)
        yield SystemCommand("Find an order", "By its id, its payment hash or its invoice", self.action_find)
