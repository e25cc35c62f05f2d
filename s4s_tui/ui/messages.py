"""The intents: what a person asked for on a screen; they bubble to the app, which alone speaks to the services."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft, Intent


@dataclass
class CountriesWanted(Message):
    """Load the list of countries again."""


@dataclass
class ServicesWanted(Message):
    """Load the services of a country (again)."""

    country: int


@dataclass
class CountryChosen(Message):
    """A country was chosen: show its services, `search` typed into their search already."""

    country: int
    search: str = ""


@dataclass
class PlaceSought(Message):
    """Show where `search` can be ordered: the services of a country, or the countries to choose one (None)."""

    country: int | None
    search: str


@dataclass
class OrderWanted(Message):
    """Make this order; `beyond` where the person wants it although many wait for their payment already."""

    draft: "Draft"
    beyond: bool = False


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
    """Giving up, or an armed cancellation, is taken back."""

    order_id: str


@dataclass
class CancelWanted(Message):
    """Cancel a paid order: now, or as soon as the server takes it."""

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
class LookWanted(Message):
    """Ask the server about this order now."""

    order_id: str


@dataclass
class HistoryWanted(Message):
    """Show what happened to this order."""

    order_id: str


@dataclass
class SupportFileWanted(Message):
    """Write the file about this order for the operator's support; `secrets` says whether with number and code."""

    order_id: str
    secrets: bool


@dataclass
class QrFileWanted(Message):
    """Write the QR code of this order's invoice as a picture."""

    order_id: str


@dataclass
class RemovalWanted(Message):
    """Take an ended order off the list; `for_good` deletes it from the journal too."""

    order_id: str
    for_good: bool


@dataclass
class IntentDismissed(Message):
    """Take the note of an order with an unknown outcome off the list."""

    intent: "Intent"


@dataclass
class FindWanted(Message):
    """Find the order that this text names: an id, a payment hash or an invoice."""

    text: str


@dataclass
class NoticeRead(Message):
    """The person has read what became of a damaged journal."""


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
