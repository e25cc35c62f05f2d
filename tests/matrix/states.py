"""The states of an order that the matrix begins in: each is come by as a person would, over real HTTP."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from s4s_tui.domain.errors import OutcomeUnknown
from s4s_tui.domain.history import Draft, Source
from s4s_tui.domain.life import clock
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.sandbox.faults import Fault, FaultKind
from s4s_tui.sandbox.orders import SandboxOrder
from tests.matrix.ground import Ground, Program, Switch, program
from tests.services.fakes import START

CODE_DRAFT = Draft(country=43, country_name="Germany", service="tg", service_name="Telegram", quoted=3100)
NONE_DRAFT = Draft(country=43, country_name="Germany", service="gf", service_name="GoogleVoice", quoted=3100)
PREPAID = Draft(country=43, country_name="Germany", service="tg", service_name="Telegram", quoted=3100, prepaid=True)
RENTAL = Draft(country=43, country_name="Germany", service="tg", service_name="Telegram", quoted=18_000, kind=Kind.RENT)
FUNDING = Draft(country=None, country_name="", service="", service_name="Account", quoted=5000, kind=Kind.FUND)


def message(
    kind: Kind = Kind.SMS, recipient: str = "+4915112345678", *, prepaid: bool = False, quoted: int = 1000
) -> Draft:
    return Draft(
        country=None,
        country_name=recipient,
        service="",
        service_name="SMS" if kind is Kind.SMS else "E-mail",
        quoted=quoted,
        kind=kind,
        recipient=recipient,
        message="Hello",
        prepaid=prepaid,
    )


async def _made(program: Program, draft: Draft = CODE_DRAFT, *, paid_for: float | None = None) -> str:
    """An order; paid so many seconds ago (1 or more) where that is said, and looked at a second later and now."""
    order = await program.orders.create(draft)
    assert order is not None
    if paid_for is not None:
        if not draft.prepaid:
            program.sandbox.pay(order.payreq)
        await program.passes(1)
        await program.looks(order.order_id)
    if paid_for is not None and paid_for > 1:
        await program.passes(paid_for - 1)
        await program.looks(order.order_id)
    return str(order.order_id)


async def nothing(_program: Program) -> str:
    return ""


async def lost(program: Program) -> str:
    """An order of an unknown outcome: its answer was lost."""
    program.box.add(Fault(kind=FaultKind.RESET, endpoint="/createorder", when="after", count=1))
    try:
        await program.orders.create(CODE_DRAFT)
    except OutcomeUnknown:
        return ""
    raise AssertionError("the answer was not lost")


async def given_up(program: Program) -> str:
    order_id = await _made(program)
    await program.orders.give_up(order_id)
    return order_id


async def expired(program: Program) -> str:
    order_id = await _made(program)
    await program.passes(86_401)
    await program.looks(order_id)
    return order_id


async def armed(program: Program) -> str:
    order_id = await _made(program, paid_for=1)
    assert not await program.orders.cancel(order_id)
    assert program.order(order_id).cancel is Cancel.ARMED
    return order_id


async def cancel_lost(program: Program) -> str:
    order_id = await _made(program, paid_for=150)
    program.box.add(Fault(kind=FaultKind.RESET, endpoint="/cancelorder", when="after", count=1))
    assert await program.orders.cancel(order_id)
    return order_id


async def accepted(program: Program) -> str:
    order_id = await _made(program, paid_for=150)
    assert not await program.orders.cancel(order_id)
    return order_id


async def cancelled(program: Program) -> str:
    order_id = await accepted(program)
    await program.looks(order_id)
    return order_id


async def no_code(program: Program) -> str:
    order_id = await _made(program, paid_for=15)
    program.ground.never_delivers(order_id)
    await program.passes(1300)
    await program.looks(order_id)
    return order_id


async def unknown(program: Program) -> str:
    """21 minutes have passed, and the server was not asked."""
    order_id = await _made(program, paid_for=15)
    program.ground.never_delivers(order_id)
    await program.passes(1300)
    await program.services.book.update(order_id, lambda order: clock(order, program.clock.now()), Source.CLOCK)
    return order_id


async def gone(program: Program) -> str:
    """The server says that it does not know a paid order."""
    order_id = await _made(program, paid_for=15)
    program.box.add(Fault(kind=FaultKind.STATUS, endpoint="/orderstatus", status=404, count=1))
    assert await program.orders.look(order_id)
    return order_id


async def rental_over(program: Program) -> str:
    order_id = await _made(program, RENTAL, paid_for=420)
    await program.passes(5 * 3600)
    await program.looks(order_id)
    return order_id


def _as_ordered(draft: Draft, paid_for: float | None = None) -> Callable[[Program], Awaitable[str]]:
    return lambda program: _made(program, draft, paid_for=paid_for)


STATES: dict[str, tuple[Callable[[Program], Awaitable[str]], Status | None]] = {
    "nothing": (nothing, None),
    "lost": (lost, None),
    "waiting": (_as_ordered(CODE_DRAFT), Status.WAITING),
    "given up": (given_up, Status.WAITING),
    "expired": (expired, Status.EXPIRED),
    "held": (_as_ordered(CODE_DRAFT, 1), Status.HELD),
    "armed": (armed, Status.HELD),
    "number": (_as_ordered(CODE_DRAFT, 15), Status.NUMBER),
    "number that can be cancelled": (_as_ordered(CODE_DRAFT, 150), Status.NUMBER),
    "cancellation lost": (cancel_lost, Status.NUMBER),
    "cancellation accepted": (accepted, Status.NUMBER),
    "cancelled": (cancelled, Status.CANCELLED),
    "code": (_as_ordered(CODE_DRAFT, 420), Status.CODE),
    "no number": (_as_ordered(NONE_DRAFT, 20), Status.RETURNED),
    "no code": (no_code, Status.RETURNED),
    "unknown": (unknown, Status.UNKNOWN),
    "gone": (gone, Status.UNKNOWN),
    "prepaid, held": (_as_ordered(PREPAID), Status.HELD),
    "prepaid, number": (_as_ordered(PREPAID, 15), Status.NUMBER),
    "rental, waiting": (_as_ordered(RENTAL), Status.WAITING),
    "rental, held": (_as_ordered(RENTAL, 1), Status.HELD),
    "rental, receiving": (_as_ordered(RENTAL, 420), Status.CODE),
    "rental, over": (rental_over, Status.CODE),
    "SMS, waiting": (_as_ordered(message()), Status.WAITING),
    "SMS, held": (_as_ordered(message(), 1), Status.HELD),
    "SMS, sent": (_as_ordered(message(), 6), Status.SENT),
    "SMS, delivered": (_as_ordered(message(), 20), Status.DELIVERED),
    "SMS, failed": (_as_ordered(message(recipient="+4915112340000"), 20), Status.FAILED),
    "SMS, prepaid": (_as_ordered(message(prepaid=True), 1), Status.HELD),
    "e-mail, held": (_as_ordered(message(Kind.EMAIL, "a@b.example"), 1), Status.HELD),
    "funding, waiting": (_as_ordered(FUNDING), Status.WAITING),
    "funded": (_as_ordered(FUNDING, 1), Status.FUNDED),
}
"""How each is come by, and what the program calls it then."""


@dataclass(frozen=True)
class Station:
    """A state that cells begin in: the order (None for none), the time, the sandbox's orders, the journal's file."""

    order: Order | None
    wall: float
    orders: dict[str, SandboxOrder]
    journal: Path


class Stations:
    """The states, each come by once."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self._ground = ground
        self._folder = folder
        self._known: dict[str, Station] = {}

    async def at(self, state: str, api: Switch) -> Station:
        if state not in self._known:
            self._known[state] = await self._reach(state, api)
        return self._known[state]

    async def _reach(self, state: str, api: Switch) -> Station:
        reach, status = STATES[state]
        self._ground.begin(START, {})
        kept = self._folder / f"{len(self._known)}.kept"
        path = self._folder / "first.db"
        async with program(self._ground, api, path) as first:
            order_id = await reach(first)
            order = first.store.state.order(order_id)
            assert (None if order is None else order.status) is status, f"{state}: {order}"
            await first.journal.close()
            shutil.copyfile(path, kept)
        return Station(order, self._ground.clock.wall, dict(self._ground.orders), kept)
