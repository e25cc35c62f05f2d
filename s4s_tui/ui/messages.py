"""What screens tell the app, which alone speaks to the services: the list of countries, and in families the others.

Nobody compares or prints one: without what that takes the classes are made in half the time.
"""

from dataclasses import dataclass

from textual.message import Message


class ScreenIntent(Message):
    """What a person asked for on a later screen; each family is answered by a part of the desk."""


class OrderIntent(ScreenIntent):
    """About orders: `Ordering` answers it."""


class PaperIntent(ScreenIntent):
    """About what is written of an order: `Papers` answers it."""


class CopyIntent(ScreenIntent):
    """About the clipboard: `Copying` answers it."""


class OfferIntent(ScreenIntent):
    """About services and prices: `Pricing` answers it."""


class RentalIntent(ScreenIntent):
    """About numbers to rent: `Renting` answers it."""


class PostIntent(ScreenIntent):
    """About a message that is being written: `Post` answers it."""


class AccountIntent(ScreenIntent):
    """About the account: `Till` answers it."""


class SettingIntent(ScreenIntent):
    """About a setting: `Settling` answers it."""


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
