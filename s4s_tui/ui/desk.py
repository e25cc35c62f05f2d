"""The desk of the app: between the screens, which ask, and the services. Its parts answer what later screens ask."""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on

from s4s_tui.ui import messages
from s4s_tui.ui.part import Job, Working
from s4s_tui.ui.screens.country import CountryScreen

if TYPE_CHECKING:
    from s4s_tui.services.bundle import Services
    from s4s_tui.ui.copying import Copying
    from s4s_tui.ui.ordering import Ordering
    from s4s_tui.ui.papers import Papers
    from s4s_tui.ui.post import Post
    from s4s_tui.ui.pricing import Pricing
    from s4s_tui.ui.renting import Renting
    from s4s_tui.ui.settling import Settling
    from s4s_tui.ui.till import Till
    from s4s_tui.ui.whereabouts import Whereabouts


class Desk(Working):
    """Reads are "latest wins"; writes are never cancelled by another key or by leaving the screen.

    What the list of countries asks is answered here. For everything else there are parts of the desk, each imported
    and made when it is first wanted.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.services: Services | None = None
        self._connected = asyncio.Event()
        self.touched = asyncio.Event()
        """Set once somebody pressed a key or used the mouse, or where an order is open."""
        self._to_follow = asyncio.Event()

    def work(self, job: Job, group: str, *, exclusive: bool = False) -> None:
        """Run a job beside the screens; none where the last key or refresh comes while everything is being closed."""
        if self.is_running:
            self.run_worker(job, group=group, name=group, exclusive=exclusive)

    def connected(self, services: "Services") -> None:
        """The services are there; who waits for them goes on."""
        self.services = services
        self._connected.set()

    async def connection(self) -> "Services":
        """The services, waited for where the program has just begun."""
        while self.services is None:
            await self._connected.wait()
        return self.services

    async def begin_to_ask(self) -> None:
        """A program that is merely open, with no order to follow, tells the server nothing, and stays small."""
        await self.touched.wait()
        services = await self.connection()
        await services.line.ready()
        await services.catalogue.load_countries()

    async def follow(self) -> None:
        """Follow the orders from the first one on, for as long as the program runs."""
        services = await self.connection()
        await self._to_follow.wait()
        await services.follow()

    def look_for_orders(self) -> None:
        """Begin to follow where an order is to be followed, also one that is given up or has just ended."""
        if self.state.orders and not self._to_follow.is_set():
            from s4s_tui.services.rhythm import followed

            if any(followed(order, self.now()) for order in self.state.orders):
                self._to_follow.set()

    # -- what can be chosen

    @on(messages.CountriesWanted)
    def _load_countries(self) -> None:
        if self.services is not None:
            self.work(self.services.catalogue.load_countries, "countries", exclusive=True)

    @on(messages.CountryChosen)
    def _show_services(self, message: messages.CountryChosen) -> None:
        from s4s_tui.ui.screens.service import ServiceScreen

        country = next((country for country in self.state.countries if country.cc == message.country), None)
        if country is not None:
            self.push_screen(ServiceScreen(country, message.search))

    @on(messages.PlaceSought)
    def _show_place(self, message: messages.PlaceSought) -> None:
        if message.country is None:
            self.push_screen(CountryScreen(message.search))
        else:
            self._show_services(messages.CountryChosen(message.country, message.search))

    # -- what later screens ask

    @on(messages.OrderIntent)
    def _to_ordering(self, intent: messages.OrderIntent) -> None:
        self.ordering.take(intent)

    @on(messages.PaperIntent)
    def _to_papers(self, intent: messages.PaperIntent) -> None:
        self.papers.take(intent)

    @on(messages.CopyIntent)
    def _to_copying(self, intent: messages.CopyIntent) -> None:
        self.copying.take(intent)

    @on(messages.OfferIntent)
    def _to_pricing(self, intent: messages.OfferIntent) -> None:
        self.pricing.take(intent)

    @on(messages.RentalIntent)
    def _to_renting(self, intent: messages.RentalIntent) -> None:
        self.renting.take(intent)

    @on(messages.PostIntent)
    def _to_post(self, intent: messages.PostIntent) -> None:
        self.post.take(intent)

    @on(messages.AccountIntent)
    def _to_till(self, intent: messages.AccountIntent) -> None:
        self.till.take(intent)

    @on(messages.SettingIntent)
    def _to_settling(self, intent: messages.SettingIntent) -> None:
        self.settling.take(intent)

    @cached_property
    def ordering(self) -> "Ordering":
        """Making orders, and what is wanted of them."""
        from s4s_tui.ui.ordering import Ordering

        return Ordering(self, self.post, self.till)

    @cached_property
    def papers(self) -> "Papers":
        """What is written of an order."""
        from s4s_tui.ui.papers import Papers

        return Papers(self, self.whereabouts)

    @cached_property
    def whereabouts(self) -> "Whereabouts":
        """Where a file is."""
        from s4s_tui.ui.whereabouts import Whereabouts

        return Whereabouts(self)

    @cached_property
    def copying(self) -> "Copying":
        """The clipboard."""
        from s4s_tui.ui.copying import Copying

        return Copying(self)

    @property
    def may_have_copied(self) -> bool:
        """Whether a copy may be there that is to be taken back."""
        return "copying" in vars(self)

    @cached_property
    def pricing(self) -> "Pricing":
        """Services and prices."""
        from s4s_tui.ui.pricing import Pricing

        return Pricing(self)

    @cached_property
    def renting(self) -> "Renting":
        """Numbers to rent."""
        from s4s_tui.ui.renting import Renting

        return Renting(self)

    @cached_property
    def post(self) -> "Post":
        """Messages."""
        from s4s_tui.ui.post import Post

        return Post(self)

    @cached_property
    def till(self) -> "Till":
        """The account."""
        from s4s_tui.ui.till import Till

        return Till(self, self.copying, self.whereabouts)

    @cached_property
    def settling(self) -> "Settling":
        """The settings."""
        from s4s_tui.ui.settling import Settling

        return Settling(self)
