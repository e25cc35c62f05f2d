"""The intents: what a person asked for on a screen; they bubble to the app, which alone speaks to the services.

Nobody compares or prints one: without what that takes the classes are made in half the time (3 ms of a start).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft, Intent


@dataclass(eq=False, repr=False)
class CountriesWanted(Message):
    """Load the list of countries again."""


@dataclass(eq=False, repr=False)
class ServicesWanted(Message):
    """Load the services of a country (again)."""

    country: int


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
class OrderWanted(Message):
    """Make this order; `beyond` where the person wants it although many wait for their payment already."""

    draft: "Draft"
    beyond: bool = False


@dataclass(eq=False, repr=False)
class OrderOpened(Message):
    """Show this order."""

    order_id: str


@dataclass(eq=False, repr=False)
class GiveUpWanted(Message):
    """An unpaid order is no longer wanted."""

    order_id: str


@dataclass(eq=False, repr=False)
class WantedAgain(Message):
    """Giving up, or an armed cancellation, is taken back."""

    order_id: str


@dataclass(eq=False, repr=False)
class CancelWanted(Message):
    """Cancel a paid order: now, or as soon as the server takes it."""

    order_id: str


@dataclass(eq=False, repr=False)
class AcceptWanted(Message):
    """Pay although a check blocked the invoice until accepted."""

    order_id: str


@dataclass(eq=False, repr=False)
class PayeeAcceptWanted(Message):
    """Trust this node key (hex) from now on."""

    node: str


@dataclass(eq=False, repr=False)
class LookWanted(Message):
    """Ask the server about this order now."""

    order_id: str


@dataclass(eq=False, repr=False)
class HistoryWanted(Message):
    """Show what happened to this order."""

    order_id: str


@dataclass(eq=False, repr=False)
class SupportFileWanted(Message):
    """Write the file about this order for the operator's support; `secrets` says whether with number and code."""

    order_id: str
    secrets: bool


@dataclass(eq=False, repr=False)
class QrFileWanted(Message):
    """Write the QR code of this order's invoice as a picture."""

    order_id: str


@dataclass(eq=False, repr=False)
class RemovalWanted(Message):
    """Take an ended order off the list; `for_good` deletes it from the journal too."""

    order_id: str
    for_good: bool


@dataclass(eq=False, repr=False)
class IntentDismissed(Message):
    """Take the note of an order with an unknown outcome off the list."""

    intent: "Intent"


@dataclass(eq=False, repr=False)
class FindWanted(Message):
    """Find the order that this text names: an id, a payment hash or an invoice."""

    text: str


@dataclass(eq=False, repr=False)
class NoticeRead(Message):
    """The person has read what became of a damaged journal."""


@dataclass(eq=False, repr=False)
class CopyWanted(Message):
    """Put the text on the clipboard; `what` names it for the person ("invoice")."""

    text: str
    what: str


@dataclass(eq=False, repr=False)
class DemoPayWanted(Message):
    """Pay the invoice as a phone would; the demo only."""

    payreq: str


@dataclass(eq=False, repr=False)
class ChoiceMade(Message):
    """What Enter started on a screen of choices is handed over, or the next screen is ready: let typed keys on."""
