"""Wires api, services, terminal and screens together: the only place that knows them all."""

import asyncio
import gc
import random
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from s4s_tui import __version__
from s4s_tui.config import Settings
from s4s_tui.domain.errors import JournalError, PaymentFailed
from s4s_tui.domain.state import AppState
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.ui.app import S4sApp

if TYPE_CHECKING:
    from s4s_tui.api.client import Client
    from s4s_tui.domain.order import Order
    from s4s_tui.sandbox.server import Sandbox
    from s4s_tui.services.bundle import Services
    from s4s_tui.services.key_command import HandOver
    from s4s_tui.services.ports import Clock, Keys, Lead, SettingsFile, Shelf, Store

_PROGRAM = f"s4s-tui/{__version__}"
_FORGETTING = 0.2
"""Seconds that taking a copy back may take at the end."""


def run(settings: Settings) -> int:
    """Run the program until it is left; the exit status."""
    from s4s_tui.services.clock import SystemClock

    clock = SystemClock()
    state = AppState(
        countries=builtin_countries(),
        via="" if settings.proxy is None else settings.proxy.address,
        demo=settings.demo,
        demo_key=demo_key() if settings.demo else "",
        max_price=settings.max_price,
        ref=settings.ref,
        preferences=settings.preferences,
        keep_days=settings.keep_days,
        origins=settings.origins,
        config_file=str(settings.config_file),
    )
    connection = Connection(settings, clock)
    app = S4sApp(connection.open, state=state, now=clock.now, keymap=dict(settings.keymap))
    asyncio.run(_run(app, connection))
    if app.failure:
        print(app.failure, file=sys.stderr)  # noqa: T201 -- the terminal is the person's again
        return 1
    if not sys.stdout.isatty():  # the terminal went away, which ended the program
        return app.return_code or 0
    for line in farewell(app.state.open_orders, demo=settings.demo):
        print(line)  # noqa: T201 -- likewise
    return app.return_code or 0


def demo_key() -> str:
    """The API key of the demo's account, which is no secret."""
    from s4s_tui.sandbox.options import DEMO_KEY

    return DEMO_KEY


def farewell(orders: "tuple[Order, ...]", *, demo: bool) -> list[str]:
    """What is said when the program is left: which orders stay open, and that they go on being valid."""
    if not orders:
        return []
    from s4s_tui.ui.words import place_words, state_words

    many = "1 order stays open and goes" if len(orders) == 1 else f"{len(orders)} orders stay open and go"
    lines = [f"{many} on being valid; start s4s-tui{' --demo' if demo else ''} again to follow:"]
    return lines + [f"  {place_words(order)}: {state_words(order)[1].lower()}" for order in orders]


async def _run(app: S4sApp, connection: "Connection") -> None:
    from s4s_tui.services.threads import Helpers

    # Looking up a server's name may take half a minute; the loop's own threads would be waited for.
    asyncio.get_running_loop().set_default_executor(Helpers(8, "helper"))
    try:
        await app.run_async(mouse=app.state.preferences.mouse)
    finally:
        from s4s_tui.services.bundle import within  # which brings the first services along

        if app.may_have_copied:
            await within(_FORGETTING, app.copying.forget())
        await connection.close()


class Connection:
    """Opens the journal and, for the demo, the sandbox after the first paint; closes them, and the client."""

    def __init__(self, settings: Settings, clock: "Clock") -> None:
        """Args: `clock` is the one clock of services and screens."""
        self._clock = clock
        self._settings = settings
        self._sandbox: Sandbox | None = None
        self._services: Services | None = None
        self._client: Client | None = None

    async def open(self, store: "Store", hand_over: "HandOver") -> "Services":
        """The services of the app.

        Raises:
            JournalError: the journal or the sandbox cannot be had; without a journal nothing is ordered.
        """
        url = await self._start_sandbox() if self._settings.demo else self._settings.api_url
        self._services = services = self._wire(store, url, hand_over)
        gc.collect()  # 1,500 objects in 20 ms, which would else be kept for good by the next line
        gc.freeze()  # what is there now stays to the end
        gc.enable()
        await services.book.load()
        if not store.state.journal_loaded:
            raise JournalError(store.state.journal_trouble)
        return services

    async def _start_sandbox(self) -> str:
        from s4s_tui.sandbox.options import SandboxOptions
        from s4s_tui.sandbox.server import Sandbox, SandboxError

        settings = self._settings
        options = SandboxOptions(
            speed=settings.demo_speed,
            pay_after=settings.demo_pay,
            state_file=settings.journal_dir / "sandbox.json",
        )
        try:
            self._sandbox = Sandbox(options)
            await asyncio.to_thread(self._sandbox.start)
        except SandboxError as error:
            raise JournalError(str(error)) from error
        return self._sandbox.url

    def _wire(self, store: "Store", url: str, hand_over: "HandOver") -> "Services":
        from s4s_tui.services.bundle import Outside, Services
        from s4s_tui.services.journal import SqliteJournal

        settings = self._settings
        return Services(
            Outside(
                make_client=partial(self._make_client, url),
                make_shelf=self._make_shelf,
                make_keys=partial(self._make_keys, hand_over),
                make_lead=self._make_lead,
                make_settings=None if settings.demo else self._make_settings,
                journal=SqliteJournal(settings.journal_file, now=self._clock.now),
                store=store,
                clock=self._clock,
                rng=random.Random(),  # noqa: S311 -- jitter
                builtin=builtin_countries(),
                folder=settings.journal_dir,
                program=_PROGRAM,
                server=f"{url} (demo)" if settings.demo else url,
                keep_days=settings.keep_days,
                pay=self._pay if self._sandbox is not None else None,
                close_api=self._close_client,
            )
        )

    async def _make_client(self, url: str) -> "Client":
        await asyncio.to_thread(import_module, "s4s_tui.api.client")  # 80 ms, in which keys are to be drawn
        from s4s_tui.api.client import Client

        settings = self._settings
        key = None if settings.demo else settings.api_key
        self._client = client = Client(url, user_agent=_PROGRAM, proxy=settings.proxy, key=key)
        return client

    async def _close_client(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _make_shelf(self) -> "Shelf":
        from s4s_tui.services.shelf import FileShelf

        return FileShelf(self._settings.journal_dir / "lists", source=self._settings.api_url)

    def _make_lead(self) -> "Lead":
        from s4s_tui.services.lead import FileLead

        return FileLead(self._settings.journal_file.with_suffix(".lead"))

    def _make_settings(self) -> "SettingsFile":
        from s4s_tui.config.edit import SettingsInFile

        return SettingsInFile(self._settings.config_file)

    def _make_keys(self, hand_over: "HandOver") -> "Keys":
        from s4s_tui.services.keys import ApiKeys

        settings = self._settings
        if settings.demo:  # a key of the sandbox never touches the real ones
            return ApiKeys()
        from urllib.parse import urlsplit

        from s4s_tui.config.edit import KeyInFile
        from s4s_tui.services.key_ring import KeyRing

        return ApiKeys(
            key=settings.api_key,
            in_environment=settings.api_key_in_environment,
            command=settings.api_key_command,
            file=KeyInFile(settings.config_file),
            ring=KeyRing(urlsplit(settings.api_url).netloc),
            hand_over=hand_over,
        )

    async def _pay(self, payreq: str) -> None:
        from s4s_tui.sandbox.buyer import PaymentRefused

        if self._sandbox is None:
            raise PaymentFailed("There is no demo.")
        try:
            await asyncio.to_thread(self._sandbox.pay, payreq)
        except PaymentRefused as error:
            raise PaymentFailed(str(error)) from error

    async def close(self) -> None:
        """Close what is open, in the time there is; a slow disk's writes go on for as long as the process lives."""
        if self._services is not None:
            await self._services.close()
        if self._sandbox is not None:
            from s4s_tui.services.bundle import CLOSING, within

            await within(CLOSING, asyncio.to_thread(self._sandbox.stop))
