"""The intents of renting, of the options on receiving, and of prices; they bubble to the app."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s4s_tui.ui.messages import OfferIntent, RentalIntent

if TYPE_CHECKING:
    from s4s_tui.domain.account import RentalOffer
    from s4s_tui.domain.history import Draft


@dataclass(eq=False, repr=False)
class ServicesWanted(OfferIntent):
    """Load the services of a country (again)."""

    country: int


@dataclass(eq=False, repr=False)
class RentalsWanted(RentalIntent):
    """Load what can be rented (again)."""


@dataclass(eq=False, repr=False)
class RentalChosen(RentalIntent):
    """A country to rent a number in was chosen: show the services to choose from."""

    offer: "RentalOffer"


@dataclass(eq=False, repr=False)
class PricesWanted(OfferIntent):
    """Load the general prices, of which a real phone's is one."""


@dataclass(eq=False, repr=False)
class ExactWanted(OfferIntent):
    """The mark is on a service: its exact price is of use, `place` being country number and code. None: no longer."""

    place: tuple[int, str] | None


@dataclass(eq=False, repr=False)
class PrepaidWanted(OfferIntent):
    """Make this order from the balance, after a question with the balance as it is now."""

    draft: "Draft"
