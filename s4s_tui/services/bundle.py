"""Everything that the app needs from the services, wired together on what is outside of them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from s4s_tui.domain.catalogue import Country
from s4s_tui.services import line
from s4s_tui.services.account import AccountDesk
from s4s_tui.services.asker import Asker
from s4s_tui.services.book import OrderBook
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.drafts import Drafts
from s4s_tui.services.exact import ExactPrices
from s4s_tui.services.finder import Finder
from s4s_tui.services.key_command import HandOver
from s4s_tui.services.mirror import Mirror
from s4s_tui.services.orders import Orders
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Clock, Journal, Keys, Lead, SettingsFile, Shelf, Store
from s4s_tui.services.support import SupportFiles
from s4s_tui.services.watcher import Watcher

ANSWERS = 0.35
"""Seconds that the end waits for the answer to an order or a cancellation under way."""
CLOSING = 0.3
"""Seconds that closing may take after that: the program ends within a second, whatever disk and network do."""


async def _nothing() -> None:
    """Nothing is to be closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the services need from the outside.

    Attributes:
        make_client: makes the client of the server, at the first request.
        builtin: the countries that come with the program, Auto-Select first.
        folder: where files for the person are written (support, export).
        program: name and version of the program.
        server: the server's address in words.
        keep_days: age in days at which ended orders are deleted, 0 for never.
        pay: pays an invoice as a phone would, the demo only; raises PaymentFailed.
        close_api: closes the connections to the server, where there are any.
        settings: the config file, None where nothing is to be written to it (the demo).
    """

    make_client: line.MakeClient
    journal: Journal
    store: Store
    clock: Clock
    shelf: Shelf
    keys: Keys
    lead: Lead
    rng: random.Random
    builtin: tuple[Country, ...]
    folder: Path
    program: str
    server: str
    keep_days: int
    pay: Callable[[str], Awaitable[None]] | None = None
    close_api: Callable[[], Awaitable[None]] = _nothing
    settings: SettingsFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases of a running program; `outside` is what they stand on, and every request passes the `line`."""

    outside: Outside
    line: line.ReportingApi
    pace: Pace
    account: AccountDesk
    orders: Orders
    book: OrderBook
    watcher: Watcher
    mirror: Mirror
    finder: Finder
    support: SupportFiles
    catalogue: Catalogue
    exact: ExactPrices
    drafts: Drafts

    async def close(self) -> None:
        """End what is under way and close files and connections, in the time there is."""
        outside = self.outside
        await within(ANSWERS, asyncio.gather(self.orders.finish(), self.drafts.flush()))
        # An order whose answer is still under way is in the journal as an intent, and shown at the next start.
        await within(CLOSING, asyncio.gather(outside.journal.close(), outside.keys.close(), outside.close_api()))
        outside.lead.release()


def wire(outside: Outside) -> Services:
    """The services on what is outside of them."""
    store, journal, clock = outside.store, outside.journal, outside.clock
    api, pace = line.ReportingApi(outside.make_client, store), Pace(clock)
    book = OrderBook(store, journal, clock)
    account = AccountDesk(api=api, keys=outside.keys, store=store, clock=clock, pace=pace)
    asker = Asker(api, account, clock)
    canceller = Canceller(api, book, pace, clock)
    watcher = Watcher(
        asker=asker,
        book=book,
        canceller=canceller,
        store=store,
        clock=clock,
        pace=pace,
        lead=outside.lead,
        rng=outside.rng,
    )
    catalogue = Catalogue(api=api, store=store, clock=clock, pace=pace, builtin=outside.builtin, shelf=outside.shelf)
    return Services(
        outside=outside,
        line=api,
        pace=pace,
        account=account,
        orders=Orders(
            api=api,
            journal=journal,
            book=book,
            canceller=canceller,
            store=store,
            clock=clock,
            pace=pace,
            asker=asker,
            account=account,
            wake=watcher.wake,
        ),
        book=book,
        watcher=watcher,
        mirror=Mirror(book, clock, wake=watcher.wake, keep_days=outside.keep_days),
        finder=Finder(api=api, journal=journal, book=book, store=store, clock=clock, pace=pace, wake=watcher.wake),
        support=SupportFiles(
            outside.folder / "support",
            journal=journal,
            store=store,
            clock=clock,
            program=outside.program,
            server=outside.server,
        ),
        catalogue=catalogue,
        exact=ExactPrices(catalogue, clock, pace),
        drafts=Drafts(book, journal, clock),
    )


async def within(seconds: float, work: Awaitable[object]) -> None:
    """Wait for so long at the most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(work, seconds)


Connect = Callable[[Store, HandOver], Awaitable[Services]]
"""Makes the services for a store and a way to give the terminal away (a password manager may ask for something);
called after the first paint, because it imports the services and opens the journal."""
