"""Everything outside the screens, for their tests: a clock stepped by hand, a server that says what it is told."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from textual.message import Message
from textual.notifications import Notify

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.errors import PaymentFailed
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.services.book import STARTED
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.services.bundle import Services
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.key_command import HandOver
from s4s_tui.services.ports import Journal, SettingsFile, Store
from s4s_tui.ui.app import S4sApp
from tests.services.fakes import HandClock, ScriptedApi
from tests.services.memory import HandKeys, MemoryShelf
from tests.services.outside import outside
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
RENTALS = (RentalOffer(16, "England", 2, 15500), RentalOffer(GERMANY, "Germany", 2, 18000))


class World:
    """What a program finds when it starts: the server, the clock, the journal and the lists of earlier starts."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.api = ScriptedApi(self.clock)
        self.api.say("services", SERVICES)
        self.api.say("create_order", a_created())
        self.api.say("rental_offers", RENTALS)
        self.journal_path = folder / "journal.db"
        self.shelf = MemoryShelf()
        self.keys = HandKeys()
        self.demo = False
        self.paid: list[str] = []
        self.pay_trouble = ""
        self.settings: SettingsFile | None = None
        self.keymap: dict[str, str] = {}

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

        async def connect(store: Store, _hand_over: HandOver) -> Services:
            services = self._wire(store, journal)
            await services.book.load()
            return services

        state = AppState(countries=COUNTRIES, demo=self.demo)
        app = S4sApp(connect, state=state, now=self.clock.now, keymap=self.keymap)
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
        return Services(
            outside(
                self.api,
                journal,
                store,
                self.clock,
                shelf=self.shelf,
                keys=self.keys,
                builtin=COUNTRIES,
                folder=self.journal_path.parent,
                pay=self._pay if self.demo else None,
                settings=self.settings,
            )
        )

    async def _pay(self, payreq: str) -> None:
        if self.pay_trouble:
            raise PaymentFailed(self.pay_trouble)
        self.paid.append(payreq)
