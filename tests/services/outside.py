"""What the services stand on in a test: doubles of everything, but for what the test brings itself."""

import random
from dataclasses import replace
from pathlib import Path

from s4s_tui.services.bundle import Outside
from s4s_tui.services.line import MakeClient
from s4s_tui.services.ports import Api, Clock, Journal, Store
from tests.services.memory import HandKeys, HandLead, MemoryShelf


def made(api: Api) -> MakeClient:
    """What makes this client of the server: it is there already."""

    async def make() -> Api:
        return api

    return make


def outside(api: Api, journal: Journal, store: Store, clock: Clock, **others: object) -> Outside:
    """The outside of a program on this server, journal, state and clock; `others` are fields of `Outside`."""
    plain = Outside(
        make_client=made(api),
        journal=journal,
        store=store,
        clock=clock,
        shelf=MemoryShelf(),
        keys=HandKeys(),
        lead=HandLead(),
        rng=random.Random(7),
        builtin=(),
        folder=Path("nowhere"),
        program="s4s-tui/test",
        server="https://server.test",
        keep_days=30,
    )
    return replace(plain, **others)  # type: ignore[arg-type]  # the tests name the fields
