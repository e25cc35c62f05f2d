"""The app: holds the one state, takes the intents of the screens to the services, follows the orders."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterable
from typing import ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from s4s_tui.domain.errors import ApiError, JournalError, OutcomeUnknown, PaymentFailed
from s4s_tui.domain.events import Event, OrderChanged, OrderRequestEnded
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState, reduce
from s4s_tui.services.bundle import Connect, Services
from s4s_tui.terminal.clipboard import Clipboard
from s4s_tui.ui import messages
from s4s_tui.ui.base import StatefulApp
from s4s_tui.ui.gate import KeyGate
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.help import HelpScreen, help_lines
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.theme import DARK
from s4s_tui.ui.words import place_words

_ANEW = "Enter orders anew."
_QUIT = "Quit; open orders go on being valid"
_ENTER = frozenset({"enter", "ctrl+j"})


class S4sApp(StatefulApp):
    """The program on the screen. The only place that assigns the state."""

    TITLE = "s4s"
    CSS_PATH = "styles/app.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it without ClassVar
        (0, "-narrow"),
        (80, "-normal"),
        (120, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "orders", "Orders", id="app.orders", tooltip="All orders of this machine"),
        Binding("f6", "orders", "Orders", id="app.orders.anywhere", tooltip="All orders of this machine"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip=_QUIT),
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            show=False,
            priority=True,
            id="app.quit.anywhere",
            tooltip=_QUIT,
        ),
        Binding("question_mark", "help", "Keys", id="app.help", tooltip="The keys that work here"),
        Binding("f1", "help", "Keys", id="app.help.anywhere", tooltip="The keys that work here"),
    ]

    def __init__(self, connect: Connect, *, state: AppState, now: Callable[[], float]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.animation_level = "none"
        self.set_reactive(S4sApp.state, state)
        self.services: Services | None = None
        self.failure = ""
        """Why the program could not go on, "" where it could."""
        self._connect = connect
        self._now = now
        self._connected = asyncio.Event()
        self._gate = KeyGate()
        self._gate.close()  # until the first screen is ready
        self._copier = Clipboard(os.environ, self.copy_to_clipboard)

    def now(self) -> float:
        """The wall clock in Unix seconds."""
        return self._now()

    def publish(self, event: Event) -> None:
        """Reduce the event into the state, and tell what a person would not want to miss."""
        before = self.state
        self.state = reduce(before, event)
        if isinstance(event, OrderChanged):
            self._announce(before.order(event.order.order_id), event.order)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, on Unix one that outlives its terminal."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from s4s_tui.ui.driver import TerminalDriver  # cannot be imported on Windows

        return TerminalDriver

    def get_default_screen(self) -> Screen[None]:
        """The program begins with the countries."""
        return CountryScreen()

    def on_mount(self) -> None:
        """Paint first; the services, which import the HTTP client, come after."""
        for name in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(name, self.exit)
        self.call_after_refresh(self._work, self._start(), "start")

    def _work(self, job: Coroutine[object, object, None], group: str) -> None:
        self.run_worker(job, group=group, name=group)

    async def _start(self) -> None:
        try:
            self.services = services = await self._connect(self)
        except JournalError as error:
            self.failure = str(error)
            self.exit(return_code=1)
            return
        self._connected.set()
        self._work(services.watcher.run(), "poll")
        await services.catalogue.load_countries()

    async def on_event(self, event: events.Event) -> None:
        """Hold back keys typed ahead of a screen that is on its way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._gate.holds(event):
                return
            if event.key in _ENTER and isinstance(self.screen, PickScreen):
                self._gate.close()
        await super().on_event(event)

    @on(messages.ChoiceMade)
    async def _let_keys_on(self) -> None:
        self._gate.open()
        while (key := self._gate.release()) is not None:
            await self.on_event(key)

    def _announce(self, old: Order | None, new: Order) -> None:
        """Ring once when the code is there; say so where another screen is shown."""
        if new.code is None or (old is not None and old.code == new.code):
            return
        self.bell()
        shown = isinstance(self.screen, OrderScreen) and self.screen.order_id == new.order_id
        if not shown:
            self.notify(f"{place_words(new)}: the code is there. o lists the orders.", markup=False)

    @on(messages.CountriesWanted)
    def _load_countries(self) -> None:
        if self.services is not None:
            self.run_worker(self.services.catalogue.load_countries(), group="read", exclusive=True)

    @on(messages.CountryChosen)
    def _show_services(self, message: messages.CountryChosen) -> None:
        country = next((country for country in self.state.countries if country.cc == message.country), None)
        if country is not None:
            self.push_screen(ServiceScreen(country))

    @on(messages.ServicesWanted)
    def _load_services(self, message: messages.ServicesWanted) -> None:
        self.run_worker(self._services_of(message.country), group="read", exclusive=True)

    async def _services_of(self, country: int) -> None:
        await (await self._connection()).catalogue.load_services(country)

    async def _connection(self) -> Services:
        """The services, waited for where the program has just begun."""
        while self.services is None:
            await self._connected.wait()
        return self.services

    @on(messages.OrderWanted)
    def _make_order(self, message: messages.OrderWanted) -> None:
        self._work(self._order(message.draft), "write")

    async def _order(self, draft: Draft) -> None:
        try:
            order = await (await self._connection()).orders.create(draft)
        except OutcomeUnknown as error:
            self.publish(OrderRequestEnded(f"Outcome unknown. {error} Nothing was paid, so nothing is lost. {_ANEW}"))
        except (ApiError, JournalError) as error:
            self.publish(OrderRequestEnded(f"No order was made. {error}"))
        else:
            if order is not None:
                self._show_new(order)

    def _show_new(self, order: Order) -> None:
        if isinstance(self.screen, PickScreen):
            self.push_screen(OrderScreen(order.order_id))
        else:
            self.notify(f"{place_words(order)}: the invoice is there. o lists the orders.", markup=False)

    @on(messages.OrderOpened)
    def _open_order(self, message: messages.OrderOpened) -> None:
        self.push_screen(OrderScreen(message.order_id))

    @on(messages.GiveUpWanted)
    def _give_up(self, message: messages.GiveUpWanted) -> None:
        self._change(lambda services: services.orders.give_up(message.order_id))

    @on(messages.WantedAgain)
    def _want_again(self, message: messages.WantedAgain) -> None:
        self._change(lambda services: services.orders.want_again(message.order_id))

    @on(messages.CancelWanted)
    def _cancel(self, message: messages.CancelWanted) -> None:
        self._change(lambda services: services.orders.cancel(message.order_id))

    @on(messages.AcceptWanted)
    def _accept(self, message: messages.AcceptWanted) -> None:
        self._change(lambda services: services.orders.accept(message.order_id))

    @on(messages.PayeeAcceptWanted)
    def _accept_payee(self, message: messages.PayeeAcceptWanted) -> None:
        self._change(lambda services: services.orders.accept_payee(message.node))

    def _change(self, ask: Callable[[Services], Coroutine[object, object, object]]) -> None:
        """Carry out a write; it is never cancelled by another key or by leaving the screen."""

        async def job() -> None:
            try:
                said = await ask(await self._connection())
                if isinstance(said, str) and said:
                    self.notify(said, severity="warning", markup=False)
            except (ApiError, JournalError) as error:
                self.notify(str(error), severity="warning", markup=False)

        self._work(job(), "write")

    @on(messages.DemoPayWanted)
    def _pay(self, message: messages.DemoPayWanted) -> None:
        self._work(self._pay_demo(message.payreq), "write")

    async def _pay_demo(self, payreq: str) -> None:
        services = await self._connection()
        if services.pay is None:
            return
        try:
            await services.pay(payreq)
        except PaymentFailed as error:
            self.notify(f"The demo's wallet: {error}", severity="warning", markup=False)
        else:
            services.watcher.wake()

    @on(messages.CopyWanted)
    def _copy(self, message: messages.CopyWanted) -> None:
        self._work(self._copy_text(message.text, message.what), "write")

    async def _copy_text(self, text: str, what: str) -> None:
        copied = await self._copier.copy(text)
        self.notify(f"{what.capitalize()}: {copied.sentence}", timeout=3, markup=False)

    def action_orders(self) -> None:
        """Show all orders."""
        if not isinstance(self.screen, OrdersScreen):
            self.push_screen(OrdersScreen())

    def action_help(self) -> None:
        """Show the keys that work here."""
        self.push_screen(HelpScreen(help_lines(self.screen)))

    def action_help_quit(self) -> None:
        """Ctrl+C where no text is selected: quit."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No list of orders on top of itself, no help on top of a question."""
        if action == "orders":
            return not isinstance(self.screen, OrdersScreen) and not self.screen.is_modal
        return not self.screen.is_modal if action == "help" else super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers beside Textual's own."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Orders", "All orders of this machine", self.action_orders)
