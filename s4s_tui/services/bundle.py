"""Everything that the app needs from the services, wired together on what is outside of them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from s4s_tui.domain.catalogue import Country
from s4s_tui.services.book import OrderBook
from s4s_tui.services.mirror import Mirror
from s4s_tui.services.ports import Api, Clock, Journal, Keys, Lead, SettingsFile, Shelf, Store

if TYPE_CHECKING:
    from s4s_tui.services.account import AccountDesk
    from s4s_tui.services.asker import Asker
    from s4s_tui.services.canceller import Canceller
    from s4s_tui.services.catalogue import Catalogue
    from s4s_tui.services.drafts import Drafts
    from s4s_tui.services.exact import ExactPrices
    from s4s_tui.services.finder import Finder
    from s4s_tui.services.key_command import HandOver
    from s4s_tui.services.line import ReportingApi
    from s4s_tui.services.orders import Orders
    from s4s_tui.services.pace import Pace
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
    """What the services need from the outside; what begins with "make" is called when it is first wanted.

    Attributes:
        make_client: makes the client of the server; it may take long and may be cancelled.
        make_settings: makes the config file, None where nothing is to be written to it (the demo).
        builtin: the countries that come with the program, Auto-Select first.
        folder: where files for the person are written (support, export).
        program: name and version of the program.
        server: the server's address in words.
        keep_days: age in days at which ended orders are deleted, 0 for never.
        pay: pays an invoice as a phone would, the demo only; raises PaymentFailed.
        close_api: closes the connections to the server, where there are any.
    """

    make_client: Callable[[], Awaitable[Api]]
    make_shelf: Callable[[], Shelf]
    make_keys: Callable[[], Keys]
    make_lead: Callable[[], Lead]
    make_settings: Callable[[], SettingsFile] | None = None
    journal: Journal
    store: Store
    clock: Clock
    rng: random.Random
    builtin: tuple[Country, ...]
    folder: Path
    program: str
    server: str
    keep_days: int
    pay: Callable[[str], Awaitable[None]] | None = None
    close_api: Callable[[], Awaitable[None]] = _nothing


class Services:
    """The use cases of a running program on what is outside of them; every request passes the `line`.

    The list of countries needs the journal alone. Every other use case is imported and made when it is first wanted.
    """

    def __init__(self, outside: Outside) -> None:
        self.outside = outside
        self.book = OrderBook(outside.store, outside.journal, outside.clock)
        self.mirror = Mirror(self.book, outside.clock, wake=self.wake, keep_days=outside.keep_days)

    async def follow(self) -> None:
        """Follow the orders; returns only by being cancelled.

        A program that asks has its client made first, so that a request goes when the pace counts it.
        """
        if self.lead.leads(self.outside.clock.monotonic()):
            await self.line.ready()
        await self.watcher.run()

    def wake(self, order_id: str | None = None) -> None:
        """Have the watcher look at the orders again, and ask about `order_id` at once."""
        if "watcher" in vars(self):  # else nothing is followed yet, and it begins by asking
            self.watcher.wake(order_id)

    def poll_now(self) -> None:
        """Have the watcher ask about every order at once."""
        if "watcher" in vars(self):
            self.watcher.poll_now()

    @cached_property
    def line(self) -> "ReportingApi":
        """The line to the server."""
        from s4s_tui.services.line import ReportingApi

        return ReportingApi(self.outside.make_client, self.outside.store)

    @cached_property
    def pace(self) -> "Pace":
        """How fast the server may be asked."""
        from s4s_tui.services.pace import Pace

        return Pace(self.outside.clock)

    @cached_property
    def keys(self) -> Keys:
        """Where the API key is from and kept."""
        return self.outside.make_keys()

    @cached_property
    def lead(self) -> Lead:
        """Which of several programs on the journal asks."""
        return self.outside.make_lead()

    @cached_property
    def settings(self) -> SettingsFile | None:
        """The config file, None where nothing is to be written to it."""
        return None if self.outside.make_settings is None else self.outside.make_settings()

    @cached_property
    def catalogue(self) -> "Catalogue":
        """What can be chosen."""
        from s4s_tui.services.catalogue import Catalogue

        outside = self.outside
        return Catalogue(
            api=self.line,
            store=outside.store,
            clock=outside.clock,
            pace=self.pace,
            builtin=outside.builtin,
            shelf=outside.make_shelf(),
        )

    @cached_property
    def exact(self) -> "ExactPrices":
        """The exact price of the service that the mark rests on."""
        from s4s_tui.services.exact import ExactPrices

        return ExactPrices(self.catalogue, self.outside.clock, self.pace)

    @cached_property
    def account(self) -> "AccountDesk":
        """The prepaid account."""
        from s4s_tui.services.account import AccountDesk

        outside = self.outside
        return AccountDesk(api=self.line, keys=self.keys, store=outside.store, clock=outside.clock, pace=self.pace)

    @cached_property
    def orders(self) -> "Orders":
        """Making, cancelling and accepting."""
        from s4s_tui.services.orders import Orders

        outside = self.outside
        return Orders(
            api=self.line,
            journal=outside.journal,
            book=self.book,
            canceller=self._canceller,
            store=outside.store,
            clock=outside.clock,
            pace=self.pace,
            asker=self._asker,
            account=self.account,
            wake=self.wake,
        )

    @cached_property
    def watcher(self) -> "Watcher":
        """What follows the orders."""
        from s4s_tui.services.watcher import Watcher

        outside = self.outside
        return Watcher(
            asker=self._asker,
            book=self.book,
            canceller=self._canceller,
            store=outside.store,
            clock=outside.clock,
            pace=self.pace,
            lead=self.lead,
            rng=outside.rng,
        )

    @cached_property
    def finder(self) -> "Finder":
        """Finding an order that is not on the list."""
        from s4s_tui.services.finder import Finder

        outside = self.outside
        return Finder(
            api=self.line,
            journal=outside.journal,
            book=self.book,
            store=outside.store,
            clock=outside.clock,
            pace=self.pace,
            wake=self.wake,
        )

    @cached_property
    def support(self) -> "SupportFiles":
        """Files for the operator's support."""
        from s4s_tui.services.support import SupportFiles

        outside = self.outside
        return SupportFiles(
            outside.folder / "support",
            journal=outside.journal,
            store=outside.store,
            clock=outside.clock,
            program=outside.program,
            server=outside.server,
        )

    @cached_property
    def drafts(self) -> "Drafts":
        """What has been typed and not sent."""
        from s4s_tui.services.drafts import Drafts

        return Drafts(self.book, self.outside.journal, self.outside.clock)

    @cached_property
    def _asker(self) -> "Asker":
        from s4s_tui.services.asker import Asker

        return Asker(self.line, self.account, self.outside.clock)

    @cached_property
    def _canceller(self) -> "Canceller":
        from s4s_tui.services.canceller import Canceller

        return Canceller(self.line, self.book, self.pace, self.outside.clock)

    def release_lead(self) -> None:
        """Leave it to another program on the journal to ask about the orders."""
        if "lead" in vars(self):  # else nobody here has asked
            self.lead.release()

    async def close(self) -> None:
        """End what is under way and close files and connections, in the time there is."""
        outside, made = self.outside, vars(self)  # what was never wanted has nothing under way
        orders = [self.orders.finish()] if "orders" in made else []
        drafts = [self.drafts.flush()] if "drafts" in made else []
        await within(ANSWERS, asyncio.gather(*orders, *drafts))
        # An order whose answer is still under way is in the journal as an intent, and shown at the next start.
        keys = [self.keys.close()] if "keys" in made else []
        await within(CLOSING, asyncio.gather(outside.journal.close(), *keys, outside.close_api()))
        self.release_lead()


async def within(seconds: float, work: Awaitable[object]) -> None:
    """Wait for so long at the most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(work, seconds)


Connect = Callable[[Store, "HandOver"], Awaitable[Services]]
"""Makes the services for a store and a way to give the terminal away (a password manager may ask for something);
called after the first paint, because it opens the journal."""
