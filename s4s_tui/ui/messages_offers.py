"""The intents of renting, of the options on receiving, and of prices; they bubble to the app."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from s4s_tui.domain.account import RentalOffer
    from s4s_tui.domain.history import Draft


@dataclass(eq=False, repr=False)
class RentalsWanted(Message):
    """Load what can be rented (again)."""


@dataclass(eq=False, repr=False)
class RentalChosen(Message):
    """A country to rent a number in was chosen: show the services to choose from."""

    offer: "RentalOffer"


@dataclass(eq=False, repr=False)
class PricesWanted(Message):
    """Load the general prices, of which a real phone's is one."""


@dataclass(eq=False, repr=False)
class ExactWanted(Message):
    """The mark is on a service: its exact price is of use, `place` being country number and code. None: no longer."""

    place: tuple[int, str] | None


@dataclass(eq=False, repr=False)
class PrepaidWanted(Message):
    """Make this order from the balance, after a question with the balance as it is now."""

    draft: "Draft"
