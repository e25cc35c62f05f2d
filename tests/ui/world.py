"""Everything outside the screens, for their tests: a clock stepped by hand, a server that says what it is told."""

import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

from textual.message import Message
from textual.notifications import Notify

from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.errors import PaymentFailed
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.services.book import STARTED, OrderBook
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.services.bundle import Services
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.finder import Finder
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.line import ReportingApi
from s4s_tui.services.mirror import Mirror
from s4s_tui.services.orders import Orders
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Journal, Store
from s4s_tui.services.support import SupportFiles
from s4s_tui.services.watcher import Watcher
from s4s_tui.ui.app import S4sApp
from tests.services.fakes import HandClock, ScriptedApi
from tests.services.memory import HandLead, MemoryShelf
from tests.ui.invoices import a_created
from tests.ui.user import User

COUNTRIES = builtin_countries()
GERMANY = 43
TELEGRAM = Service("tg", "Telegram", 1403)
SERVICES = (
    Service("wa", "Whatsapp", 2210),
    TELEGRAM,
    Service("eh", "Telegram 2.0", 12),
    Service("vk", "vk.com", None),
    Service("zz", "Zzap", 0),
)


class World:
    """What a program finds when it starts: the server, the clock, the journal and the lists of earlier starts."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.api = ScriptedApi(self.clock)
        self.api.say("services", SERVICES)
        self.api.say("create_order", a_created())
        self.journal_path = folder / "journal.db"
        self.shelf = MemoryShelf()
        self.demo = False
        self.paid: list[str] = []
        self.pay_trouble = ""

    @contextlib.asynccontextmanager
    async def journal(self) -> AsyncIterator[SqliteJournal]:
        """The journal while no program runs."""
        journal = SqliteJournal(self.journal_path, now=self.clock.now)
        try:
            yield journal
        finally:
            await journal.close()

    async def knows(self, *orders: Order) -> None:
        """These orders are in the journal already, and this is not the first start."""
        async with self.journal() as journal:
            await journal.remember(STARTED, "1")
            for order in orders:
                await journal.record(order, ())

    @contextlib.asynccontextmanager
    async def user(self, width: int = 100, height: int = 36) -> AsyncIterator[User]:
        """A person in front of the program, which has just been started."""
        journal = SqliteJournal(self.journal_path, now=self.clock.now)

        async def connect(store: Store) -> Services:
            services = self._wire(store, journal)
            await services.book.load()
            return services

        state = AppState(countries=COUNTRIES, demo=self.demo)
        app = S4sApp(connect, state=state, now=self.clock.now)
        user = User(app, self.clock, self.api)
        app.bell = user.hears_bell  # type: ignore[method-assign]  # a spy

        def listen(message: Message) -> None:
            if isinstance(message, Notify):
                user.toasts.append(message.notification.message)

        try:
            async with app.run_test(size=(width, height), notifications=True, message_hook=listen) as pilot:
                user.pilot = pilot
                await user.until(lambda: app.services is not None, "the services are there")
                await user.settles()
                yield user
        finally:
            await journal.close()

    def _wire(self, store: Store, journal: Journal) -> Services:
        clock = self.clock
        api, pace = ReportingApi(self.api, store), Pace(clock)
        book = OrderBook(store, journal, clock)
        canceller = Canceller(api, book, pace, clock)
        lead = HandLead()
        watcher = Watcher(
            api=api,
            book=book,
            canceller=canceller,
            store=store,
            clock=clock,
            pace=pace,
            lead=lead,
            rng=random.Random(7),
        )
        orders = Orders(
            api=api,
            journal=journal,
            book=book,
            canceller=canceller,
            store=store,
            clock=clock,
            pace=pace,
            wake=watcher.wake,
        )
        catalogue = Catalogue(api=api, store=store, clock=clock, pace=pace, builtin=COUNTRIES, shelf=self.shelf)
        pay = self._pay if self.demo else None
        return Services(
            orders=orders,
            book=book,
            watcher=watcher,
            mirror=Mirror(book, clock, wake=watcher.wake, keep_days=30),
            finder=Finder(api=api, journal=journal, book=book, store=store, clock=clock, pace=pace, wake=watcher.wake),
            support=SupportFiles(
                self.journal_path.parent / "support",
                journal=journal,
                store=store,
                clock=clock,
                program="s4s-tui/test",
                server="https://server.test",
            ),
            lead=lead,
            catalogue=catalogue,
            journal=journal,
            pay=pay,
            close=journal.close,
        )

    async def _pay(self, payreq: str) -> None:
        if self.pay_trouble:
            raise PaymentFailed(self.pay_trouble)
        self.paid.append(payreq)
