"""The app: holds the one state, starts the services after the first paint, lets keys through when screens are ready."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.state import AppState
from s4s_tui.ui import messages
from s4s_tui.ui.base import LATE_STYLES
from s4s_tui.ui.commands import Commands
from s4s_tui.ui.gate import KeyGate
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.keys import types
from s4s_tui.ui.looks import Looks
from s4s_tui.ui.notices import Notices
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.theme import TERMINAL
from s4s_tui.ui.ways import Ways

if TYPE_CHECKING:
    from rich.console import RenderableType

    from s4s_tui.domain.events import Event
    from s4s_tui.domain.order import Order
    from s4s_tui.services.bundle import Connect

_NO_KEYMAP: Mapping[str, str] = MappingProxyType({})
_QUIT = "Quit; open orders go on being valid"
_BREAK = "Copy the selected text; quit where none is"
_PAUSE = "Back to the shell; fg goes on here"
_ACCOUNT = "Balance, API key and history of fundings"
_PALETTE = "All that can be done here, and countries, services and open orders by name"
_MASK = "Hide numbers and codes, or show them again"
_ENTER = frozenset({"enter", "ctrl+j"})
_LEADING = frozenset({"send", "rent", "search", "letter_preview", "letter_kind", "letter_more", "letter_empty"})
"""The actions that end in a `ChoiceMade`, when their screen or field is ready."""


class S4sApp(Ways, Notices, Looks, Commands):
    """The program on the screen. The only place that assigns the state."""

    TITLE = "s4s"
    CSS_PATH = "styles/app.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it without ClassVar
        (0, "-narrow"),
        (80, "-normal"),
        (120, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("s", "send", "Send", id="app.send", tooltip="Send an SMS or an e-mail"),
        Binding("f7", "send", "Send", id="app.send.anywhere", tooltip="Send an SMS or an e-mail"),
        Binding("o", "orders", "Orders", id="app.orders", tooltip="All orders of this machine"),
        Binding("f6", "orders", "Orders", id="app.orders.anywhere", tooltip="All orders of this machine"),
        Binding("a", "account('a')", "Account", id="app.account", tooltip=_ACCOUNT),
        Binding("f9", "account", "Account", id="app.account.anywhere", tooltip=_ACCOUNT),
        Binding("r", "rent", "Rent", id="app.rent", tooltip="Rent a number that receives many messages"),
        Binding("f8", "rent", "Rent", id="app.rent.anywhere", tooltip="Rent a number that receives many messages"),
        Binding("m", "mask", "Hide or show", show=False, id="app.mask", tooltip=_MASK),
        Binding("comma", "settings", "Settings", show=False, id="app.settings", tooltip="Settings"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip=_QUIT),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit.anywhere", tooltip=_QUIT),
        Binding("ctrl+c", "copy_or_quit", "Quit", show=False, priority=True, id="app.break", tooltip=_BREAK),
        Binding("ctrl+z", "suspend_process", "Pause", show=False, priority=True, id="app.suspend", tooltip=_PAUSE),
        Binding("ctrl+p", "command_palette", "Palette", show=False, priority=True, id="app.palette", tooltip=_PALETTE),
        Binding("question_mark", "help", "Keys", id="app.help", tooltip="The keys that work here"),
        Binding("f1", "help", "Keys", id="app.help.anywhere", tooltip="The keys that work here"),
    )

    def __init__(
        self, connect: "Connect", *, state: AppState, now: Callable[[], float], keymap: Mapping[str, str] = _NO_KEYMAP
    ) -> None:
        """Args: `keymap` has been checked (`keymap.trouble`)."""
        # Textual makes its filter for NO_COLOR once, here: without this it would paint greys and a background.
        no_color = "NO_COLOR" in os.environ
        self.first_theme = TERMINAL.name if no_color else state.preferences.theme
        super().__init__(ansi_color=True if no_color else None)
        self.animation_level = "none"
        self.set_reactive(S4sApp.state, state)
        self.failure = ""
        """Why the program could not go on, "" where it could."""
        self._connect = connect
        self._wanted_keys = dict(keymap)
        self._now = now
        self._gate = KeyGate()
        self._gate.close()  # until the first screen is ready

    def now(self) -> float:
        """The wall clock in Unix seconds."""
        return self._now()

    def publish(self, event: "Event") -> None:
        """Reduce the event into the state, and tell what a person would not want to miss."""
        from s4s_tui.domain.events import JournalLoaded, JournalNoticed, OrderChanged, OrderGone, PreferencesChanged
        from s4s_tui.domain.reduce import reduce

        before = self.state
        self.state = reduce(before, event)
        if isinstance(event, OrderChanged) and self.is_running:
            self._follow(before, event.order)
        elif isinstance(event, PreferencesChanged):
            self.wear(self.state.preferences.theme)
            self.update_title()
        elif isinstance(event, JournalLoaded | JournalNoticed) and self.state.journal_notice:
            self.notify(self.state.journal_notice, severity="warning", timeout=15, markup=False)
        if isinstance(event, OrderChanged | OrderGone | JournalLoaded):
            self.update_title()
        if isinstance(event, OrderChanged | JournalLoaded):
            self.look_for_orders()

    def _follow(self, before: AppState, order: "Order") -> None:
        old = before.order(order.order_id)
        self.announce(old, order)
        self.till.follow_money(old, order)
        self._announce_refusal(before, order)
        if old is not None and old.code != order.code:
            self.copying.copy_code(order)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, on Unix one that outlives its terminal."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from s4s_tui.ui.driver import TerminalDriver  # cannot be imported on Windows

        return TerminalDriver

    def get_default_screen(self) -> Screen[None]:
        """The program begins with the countries."""
        screen = CountryScreen()
        screen.widen(self.size.width)
        return screen

    def on_load(self) -> None:
        """Before the terminal is taken: a signal to end is followed in order, and said in the exit status."""
        self.set_keymap(self._wanted_keys)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)

    def on_mount(self) -> None:
        """Paint first; the services and the journal come after, the HTTP client with the first request."""
        self.app_suspend_signal.subscribe(self, self._hand_over, immediate=True)
        self.screen_change_signal.subscribe(self, lambda _screen: self.update_title(), immediate=True)
        self.call_after_refresh(self.work, self._start, "start")

    async def _start(self) -> None:
        for path in LATE_STYLES:  # now, so that no key waits for it
            self.stylesheet.read(path)
        self.stylesheet.parse()
        try:
            services = await self._connect(self, self.suspend)
        except JournalError as error:
            self.failure = str(error)
            self.exit(return_code=1)
            return
        self.connected(services)
        if self.state.open_orders:
            self.touched.set()
        self.work(self.begin_to_ask, "countries")
        self.work(self.follow, "poll")
        self.work(services.mirror.run, "mirror")

    async def on_event(self, event: events.Event) -> None:
        """Hold back keys typed ahead of a screen that is on its way."""
        if isinstance(event, events.InputEvent | events.Paste):
            self.touched.set()
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._gate.holds(event):
                return
            if self._leads_on(event):
                self._gate.close()
        await super().on_event(event)

    def _leads_on(self, event: events.Key) -> bool:
        """Whether the key leads to another screen or field that the keys typed behind it are meant for."""
        focused = self.focused
        if isinstance(self.screen, CommandPalette):
            return event.key == "escape"
        field = focused is not None and focused.has_class("field")
        if field and event.key in ("tab", "shift+tab"):
            return True
        if event.key in _ENTER:
            return isinstance(self.screen, PickScreen) or (focused is not None and focused.has_class("line"))
        if types(event.key) and (field or isinstance(focused, Input)):
            return False
        active = self.screen.active_bindings.get(event.key)
        return active is not None and active.enabled and active.binding.action in _LEADING

    def _hand_over(self, _: object) -> None:
        """A stopped program asks nobody: another one on this journal is to follow the orders from now on."""
        if self.services is not None:
            self.services.release_lead()

    @on(Driver.SignalResume)
    def _go_on(self) -> None:
        """After Ctrl+Z and fg: draw everything, and ask about every order at once, for time has passed."""
        self.title_again()
        self.refresh(layout=True)
        if self.services is not None:
            self.services.poll_now()

    @on(messages.ChoiceMade)
    async def _let_keys_on(self) -> None:
        self._gate.open()
        while (key := self._gate.release()) is not None:
            await self.on_event(key)

    def _announce_refusal(self, before: AppState, order: "Order") -> None:
        """Where another screen is shown: say that a cancellation, sent minutes after it was wanted, was not taken."""
        refusal = self.state.refusals.get(order.order_id)
        if refusal is None or refusal == before.refusals.get(order.order_id):
            return
        if order.money_held and not self.shows(order):
            from s4s_tui.ui.order_notes import refusal_words
            from s4s_tui.ui.words import place_words

            words = f"{place_words(order)}: {refusal_words(order, refusal)}"
            self.notify(words, severity="warning", timeout=10, markup=False)

    def action_mask(self) -> None:
        """Hide numbers and codes until asked for, or show them."""
        wished = self.state.preferences
        self.prefer("mask", replace(wished, mask=not wished.mask))
        if not wished.mask:
            self.notify("Numbers and codes are hidden. m shows them.", timeout=3, markup=False)

    def exit(self, result: None = None, return_code: int = 0, message: "RenderableType | None" = None) -> None:
        """End the program; a copy that was to be taken back is, while the terminal is still there."""
        if self.may_have_copied:
            self.copying.forget_on_terminal()
        super().exit(result, return_code, message)

    def action_copy_or_quit(self) -> None:
        """Copy what is selected, in the search or on the screen; quit where nothing is."""
        (self.focused or self.screen).call_later(self._copy_or_quit)  # after the keys before it, which may select

    def _copy_or_quit(self) -> None:
        focused = self.focused
        text = focused.selected_text if isinstance(focused, Input) else ""
        if text := text or self.screen.get_selected_text() or "":
            self.work(partial(self.copying.copy_text, text, "selection"), "write")
        else:
            self.exit()
