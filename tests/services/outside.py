"""What the services stand on in a test: doubles of everything, but for what the test brings itself."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from s4s_tui.services.bundle import Outside
from s4s_tui.services.ports import Api, Clock, Journal, Keys, Lead, SettingsFile, Shelf, Store
from tests.services.memory import HandKeys, HandLead, MemoryShelf


def made(api: Api) -> Callable[[], Awaitable[Api]]:
    """What makes this client of the server: it is there already."""

    async def make() -> Api:
        return api

    return make


def outside(
    api: Api,
    journal: Journal,
    store: Store,
    clock: Clock,
    *,
    shelf: Shelf | None = None,
    keys: Keys | None = None,
    lead: Lead | None = None,
    settings: SettingsFile | None = None,
    **others: object,
) -> Outside:
    """The outside of a program on this server, journal, state and clock; `others` are fields of `Outside`."""
    plain = Outside(
        make_client=made(api),
        make_shelf=lambda: shelf or MemoryShelf(),
        make_keys=lambda: keys or HandKeys(),
        make_lead=lambda: lead or HandLead(),
        make_settings=None if settings is None else lambda: settings,
        journal=journal,
        store=store,
        clock=clock,
        rng=random.Random(7),
        builtin=(),
        folder=Path("nowhere"),
        program="s4s-tui/test",
        server="https://server.test",
        keep_days=30,
    )
    return replace(plain, **others)  # type: ignore[arg-type]  # the tests name the fields
