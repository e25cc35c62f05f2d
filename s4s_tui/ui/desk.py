"""The desk of the app: takes the intents of the screens to the services, and says what came of them."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from s4s_tui.domain.errors import (
    ApiError,
    ApiKeyError,
    JournalError,
    NotFound,
    OutcomeUnknown,
    PaymentFailed,
    TooManyUnpaid,
)
from s4s_tui.ui import messages
from s4s_tui.ui.base import Place, order_of
from s4s_tui.ui.copying import Copying
from s4s_tui.ui.post import Post
from s4s_tui.ui.pricing import Pricing
from s4s_tui.ui.renting import Renting
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.settling import Settling
from s4s_tui.ui.till import Till
from s4s_tui.ui.working import Job

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.order import Order
    from s4s_tui.services.bundle import Services


class Desk(Post, Renting, Pricing, Copying, Settling, Till):
    """Reads are "latest wins"; writes are never cancelled by another key or by leaving the screen."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.services: Services | None = None
        self._connected = asyncio.Event()
        self.touched = asyncio.Event()
        """Set once somebody pressed a key or used the mouse, or where an order is open."""

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
        """Follow the orders for as long as the program runs."""
        from s4s_tui.services.rhythm import followed

        services = await self.connection()
        if any(followed(order, self.now()) for order in self.state.orders):  # also one that is given up, or just ended
            await services.line.ready()
        await services.watcher.run()

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

    @on(messages.ServicesWanted)
    def _load_services(self, message: messages.ServicesWanted) -> None:
        self.work(partial(self._services_of, message.country), "read", exclusive=True)

    async def _services_of(self, country: int) -> None:
        await (await self.connection()).catalogue.load_services(country)

    # -- making orders

    @on(messages.OrderWanted)
    def _make_order(self, message: messages.OrderWanted) -> None:
        self.work(partial(self._order, message.draft, beyond=message.beyond), "write")

    async def _order(self, draft: "Draft", *, beyond: bool) -> None:
        from s4s_tui.domain.events import OrderRequestEnded
        from s4s_tui.ui.send_view import lost_words, unmade_words

        try:
            order = await (await self.connection()).orders.create(draft, beyond=beyond)
        except TooManyUnpaid as error:
            self.work(partial(self._ask_beyond, draft, error.unpaid), "dialog")
        except OutcomeUnknown as error:
            self.publish(OrderRequestEnded(lost_words(draft, error)))
            self.balance_may_have_moved(draft)
        except (ApiError, ApiKeyError, JournalError) as error:
            self.publish(OrderRequestEnded(unmade_words(draft, error)))
        else:
            if order is not None and not self.ordered(order, draft):
                self._show_new(order)

    async def _ask_beyond(self, draft: "Draft", unpaid: int) -> None:
        """The soft limit: another order only by a word of the person."""
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.words import unpaid_question

        if isinstance(self.screen, Confirm):
            return
        question = Confirm(unpaid_question(unpaid), yes="Order all the same", no="Go back")
        if await self.push_screen_wait(question):
            self.post_message(messages.OrderWanted(draft, beyond=True))

    def _show_new(self, order: "Order") -> None:
        from s4s_tui.ui.screens.intent import IntentScreen
        from s4s_tui.ui.screens.rental import screen_of
        from s4s_tui.ui.words import place_words

        if isinstance(self.screen, PickScreen) or self.place is Place.ACCOUNT:
            self.push_screen(screen_of(order.order_id, order))
        elif isinstance(self.screen, IntentScreen):  # it was made again from there
            self.switch_screen(screen_of(order.order_id, order))
        else:
            self.notify(f"{place_words(order)}: the invoice is there. o lists the orders.", markup=False)

    # -- orders that are there

    @on(messages.OrderOpened)
    def _open_order(self, message: messages.OrderOpened) -> None:
        from s4s_tui.ui.screens.rental import screen_of

        self.push_screen(screen_of(message.order_id, self.state.order(message.order_id)))

    @on(messages.GiveUpWanted)
    def _give_up(self, message: messages.GiveUpWanted) -> None:
        self._change(lambda services: services.orders.give_up(message.order_id))

    @on(messages.WantedAgain)
    def _want_again(self, message: messages.WantedAgain) -> None:
        self._change(lambda services: services.orders.want_again(message.order_id))

    @on(messages.CancelWanted)
    def _cancel(self, message: messages.CancelWanted) -> None:
        async def cancel(services: "Services") -> str:
            said = await services.orders.cancel(message.order_id)
            return "" if message.order_id in self.state.refusals else said  # a refusal is told by `publish`, in words

        self._change(cancel)

    @on(messages.AcceptWanted)
    def _accept(self, message: messages.AcceptWanted) -> None:
        self._change(lambda services: services.orders.accept(message.order_id))

    @on(messages.PayeeAcceptWanted)
    def _accept_payee(self, message: messages.PayeeAcceptWanted) -> None:
        self._change(lambda services: services.orders.accept_payee(message.node))

    @on(messages.LookWanted)
    def _look(self, message: messages.LookWanted) -> None:
        self._change(lambda services: services.orders.look(message.order_id))

    @on(messages.RemovalWanted)
    def _remove(self, message: messages.RemovalWanted) -> None:
        self._change(lambda services: services.book.remove(message.order_id, for_good=message.for_good))

    @on(messages.IntentDismissed)
    def _dismiss(self, message: messages.IntentDismissed) -> None:
        self._change(lambda services: services.book.dismiss(message.intent))

    def _change(self, ask: Callable[["Services"], Coroutine[object, object, object]]) -> None:
        """Carry out a write; what it returns as a sentence, or fails with, is told."""

        async def job() -> None:
            try:
                said = await ask(await self.connection())
            except (ApiError, JournalError, NotFound) as error:
                said = str(error)
            if isinstance(said, str) and said:
                self.notify(said, severity="warning", markup=False)

        self.work(job, "write")

    # -- the demo's wallet

    @on(messages.DemoPayWanted)
    def _pay(self, message: messages.DemoPayWanted) -> None:
        self.work(partial(self._pay_demo, message.payreq), "write")

    async def _pay_demo(self, payreq: str) -> None:
        services = await self.connection()
        if services.outside.pay is None:
            return
        try:
            await services.outside.pay(payreq)
        except PaymentFailed as error:
            self.notify(f"The demo's wallet: {error}", severity="warning", markup=False)
        else:
            paid = (order.order_id for order in self.state.orders if order.payreq == payreq)
            services.watcher.wake(next(paid, None))  # asked now: a payment that is not seen is made once more

    # -- finding an order, and what became of a damaged journal

    @on(messages.FindWanted)
    def _find(self, message: messages.FindWanted) -> None:
        self.work(partial(self._find_order, message.text), "write")

    async def _find_order(self, text: str) -> None:
        """Look for the order; the answer is given where it was asked for, as long as that is open."""
        from s4s_tui.ui.screens.find import FindScreen
        from s4s_tui.ui.words import place_words

        found, said = None, ""
        try:
            found = await (await self.connection()).finder.find(text)
        except NotFound as error:
            said = str(error)
        dialog = next((one for one in self.screen_stack if isinstance(one, FindScreen) and one.asked == text), None)
        if found is not None and dialog is not None and dialog is self.screen:
            self._show_found(found, self.screen_stack[-2])
            return
        if found is not None:
            said = f"Found: {place_words(found)}. It is on the list of orders."
        if dialog is not None:
            dialog.answer(said)
        else:
            self.notify(said, severity="information" if found is not None else "warning", markup=False)

    def _show_found(self, order: "Order", below: Screen[object]) -> None:
        from s4s_tui.ui.screens.rental import screen_of

        if order_of(below) == order.order_id:
            self.pop_screen()
        else:
            self.switch_screen(screen_of(order.order_id, order))

    @on(messages.NoticeRead)
    def _put_notice_away(self) -> None:
        from s4s_tui.domain.events import JournalNoticed

        self.publish(JournalNoticed(""))
