"""The intents about orders, their papers, and copies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s4s_tui.ui.messages import CopyIntent, OrderIntent, PaperIntent

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft, Intent


@dataclass(eq=False, repr=False)
class OrderWanted(OrderIntent):
    """Make this order; `beyond` where the person wants it although many wait for their payment already."""

    draft: "Draft"
    beyond: bool = False


@dataclass(eq=False, repr=False)
class OrderOpened(OrderIntent):
    """Show this order."""

    order_id: str


@dataclass(eq=False, repr=False)
class GiveUpWanted(OrderIntent):
    """An unpaid order is no longer wanted."""

    order_id: str


@dataclass(eq=False, repr=False)
class WantedAgain(OrderIntent):
    """Giving up, or an armed cancellation, is taken back."""

    order_id: str


@dataclass(eq=False, repr=False)
class CancelWanted(OrderIntent):
    """Cancel a paid order: now, or as soon as the server takes it."""

    order_id: str


@dataclass(eq=False, repr=False)
class AcceptWanted(OrderIntent):
    """Pay although a check blocked the invoice until accepted."""

    order_id: str


@dataclass(eq=False, repr=False)
class PayeeAcceptWanted(OrderIntent):
    """Trust this node key (hex) from now on."""

    node: str


@dataclass(eq=False, repr=False)
class LookWanted(OrderIntent):
    """Ask the server about this order now."""

    order_id: str


@dataclass(eq=False, repr=False)
class RemovalWanted(OrderIntent):
    """Take an ended order off the list; `for_good` deletes it from the journal too."""

    order_id: str
    for_good: bool


@dataclass(eq=False, repr=False)
class IntentDismissed(OrderIntent):
    """Take the note of an order with an unknown outcome off the list."""

    intent: "Intent"


@dataclass(eq=False, repr=False)
class FindWanted(OrderIntent):
    """Find the order that this text names: an id, a payment hash or an invoice."""

    text: str


@dataclass(eq=False, repr=False)
class NoticeRead(OrderIntent):
    """The person has read what became of a damaged journal."""


@dataclass(eq=False, repr=False)
class DemoPayWanted(OrderIntent):
    """Pay the invoice as a phone would; the demo only."""

    payreq: str


@dataclass(eq=False, repr=False)
class HistoryWanted(PaperIntent):
    """Show what happened to this order."""

    order_id: str


@dataclass(eq=False, repr=False)
class SupportFileWanted(PaperIntent):
    """Write the file about this order for the operator's support; `secrets` says whether with number and code."""

    order_id: str
    secrets: bool


@dataclass(eq=False, repr=False)
class QrFileWanted(PaperIntent):
    """Write the QR code of this order's invoice as a picture."""

    order_id: str


@dataclass(eq=False, repr=False)
class CopyWanted(CopyIntent):
    """Put the text on the clipboard; `what` names it for the person ("invoice")."""

    text: str
    what: str
