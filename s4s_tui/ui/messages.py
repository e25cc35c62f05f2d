"""The intents: what a person asked for on a screen; they bubble to the app, which alone speaks to the services."""

from dataclasses import dataclass

from textual.message import Message

from s4s_tui.domain.history import Draft


@dataclass
class CountriesWanted(Message):
    """Load the list of countries again."""


@dataclass
class ServicesWanted(Message):
    """Load the services of a country (again)."""

    country: int


@dataclass
class CountryChosen(Message):
    """A country was chosen: show its services."""

    country: int


@dataclass
class OrderWanted(Message):
    """Make this order."""

    draft: Draft


@dataclass
class OrderOpened(Message):
    """Show this order."""

    order_id: str


@dataclass
class GiveUpWanted(Message):
    """An unpaid order is no longer wanted."""

    order_id: str


@dataclass
class WantedAgain(Message):
    """Giving up is taken back."""

    order_id: str


@dataclass
class CancelWanted(Message):
    """Cancel a paid order."""

    order_id: str


@dataclass
class AcceptWanted(Message):
    """Pay although a check blocked the invoice until accepted."""

    order_id: str


@dataclass
class PayeeAcceptWanted(Message):
    """Trust this node key (hex) from now on."""

    node: str


@dataclass
class CopyWanted(Message):
    """Put the text on the clipboard; `what` names it for the person ("invoice")."""

    text: str
    what: str


@dataclass
class DemoPayWanted(Message):
    """Pay the invoice as a phone would; the demo only."""

    payreq: str


@dataclass
class ChoiceMade(Message):
    """What Enter started on a screen of choices is handed over, or the next screen is ready: let typed keys on."""
