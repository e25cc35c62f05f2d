"""What screens tell the app, which alone speaks to the services: here for the list of countries.

Nobody compares or prints one: without what that takes the classes are made in half the time.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from s4s_tui.ui.desk import Desk
    from s4s_tui.ui.part import Part


class ScreenIntent(Message):
    """What a person asked for on a later screen: it names the part of the desk that answers it."""

    def part(self, desk: "Desk") -> "Part":
        """Who answers it, imported and made for the first of its intents."""
        raise NotImplementedError


@dataclass(eq=False, repr=False)
class CountriesWanted(Message):
    """Load the list of countries again."""


@dataclass(eq=False, repr=False)
class CountryChosen(Message):
    """A country was chosen: show its services, `search` typed into their search already."""

    country: int
    search: str = ""


@dataclass(eq=False, repr=False)
class PlaceSought(Message):
    """Show where `search` can be ordered: the services of a country, or the countries to choose one (None)."""

    country: int | None
    search: str


@dataclass(eq=False, repr=False)
class ChoiceMade(Message):
    """What Enter started on a screen of choices is handed over, or the next screen is ready: let typed keys on."""
