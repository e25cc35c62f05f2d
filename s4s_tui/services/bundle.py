"""Everything that the app needs from the services, wired together once by compose."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from s4s_tui.services.book import OrderBook
from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.finder import Finder
from s4s_tui.services.mirror import Mirror
from s4s_tui.services.orders import Orders
from s4s_tui.services.ports import Journal, Lead, Store
from s4s_tui.services.support import SupportFiles
from s4s_tui.services.watcher import Watcher


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases of a running program.

    Attributes:
        mirror: news of other programs on the journal, and the deletion by age.
        finder: finds an order by what a wallet remembers of it.
        support: writes the file about an order for the operator's support.
        lead: whether this program asks the server, of several on one journal.
        pay: pays an invoice as a phone would, the demo only; raises PaymentFailed.
        close: ends what is under way and closes files and connections.
    """

    orders: Orders
    book: OrderBook
    watcher: Watcher
    mirror: Mirror
    finder: Finder
    support: SupportFiles
    lead: Lead
    catalogue: Catalogue
    journal: Journal
    pay: Callable[[str], Awaitable[None]] | None
    close: Callable[[], Awaitable[None]]


Connect = Callable[[Store], Awaitable[Services]]
"""Makes the services for a store; called after the first paint, because it imports the HTTP client."""
