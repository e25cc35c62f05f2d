"""Doubles of everything outside: a clock stepped by hand, a server that says what it is told, a journal in memory."""

import asyncio
import heapq
from collections import defaultdict
from dataclasses import dataclass, field, replace

from s4s_tui.domain.account import Deposits, RentalOffer
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.errors import ApiError
from s4s_tui.domain.events import Event, OrderChanged
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Created, Kind, Order, OrderReply, Status
from s4s_tui.domain.reduce import reduce
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import AppState

START = 1_700_000_000.0
DRAFT = Draft(country=43, country_name="Germany", service="tg", service_name="Telegram", quoted=3000)
INVOICE = (
    "lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3"
    "mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwx"
    "x7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc"
)
"""The documentation's sample: 3000 sats, made 2022-10-21 09:24:10 UTC, good for a day."""


def an_order(order_id: str = "a", **changes: object) -> Order:
    """An unpaid order made at START, with the given fields."""
    order = Order(
        order_id=order_id,
        payreq=INVOICE,
        country=43,
        country_name="Germany",
        service="tg",
        service_name="Telegram",
        amount=3000,
        quoted=3000,
        network="bc",
        node=None,
        created_at=START,
        expires_at=START + 86400,
    )
    return replace(order, **changes)  # type: ignore[arg-type]  # the tests name the fields


def held(order_id: str = "a", **changes: object) -> Order:
    """An order that was paid when it was made."""
    return an_order(order_id, **{"status": Status.HELD, "paid_at": START, **changes})


class HandClock:
    """A clock that only `step` moves. Sleepers wake in the order of their times, each at exactly its time."""

    def __init__(self) -> None:
        self.wall = START
        self.mono = 1000.0
        self.slept = 0.0
        self.set_by = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> float:
        return self.wall

    def monotonic(self) -> float:
        return self.mono

    def boot(self) -> float:
        return self.mono + self.slept

    def was_set(self) -> float:
        """As the real one: the wall clock that was set counts from here on."""
        seconds, self.set_by = self.set_by, 0.0
        self.wall += seconds
        return seconds

    def suspend(self, seconds: float) -> None:
        """The machine sleeps: the wall clock goes on, nothing that waits does."""
        self.wall += seconds
        self.slept += seconds

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        self._count += 1
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.mono + seconds, self._count, alarm))
        await alarm

    async def step(self, seconds: float = 0.0) -> None:
        """Let so much time pass, and everything happen that it brings about."""
        end = self.mono + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            at, _, alarm = heapq.heappop(self._sleepers)
            if alarm.done():
                continue
            self._move(at)
            alarm.set_result(None)
            await self.settle()
        self._move(end)

    async def settle(self) -> None:
        """Let every task run until it waits for something from outside."""
        for _ in range(25):
            await asyncio.sleep(0)

    def _move(self, mono: float) -> None:
        self.wall += max(0.0, mono - self.mono)
        self.mono = max(mono, self.mono)


Answer = object
"""What a double returns; an ApiError is raised instead, a Future is awaited first."""


@dataclass
class ScriptedApi:
    """The server: says what it was told, keeps every call with its (monotonic) time."""

    clock: HandClock
    calls: list[tuple[float, str, str]] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    ordered: list[tuple[Draft, Secret | None]] = field(default_factory=list)
    keys: list[Secret] = field(default_factory=list)  # what balance and deposits were asked with
    _script: dict[tuple[str, str], list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def say(self, method: str, *answers: Answer, of: str = "") -> None:
        """What `method` answers from now on, one after the other; the last one stays."""
        self._script[method, of] = list(answers)

    def times(self, method: str, of: str | None = None) -> list[float]:
        """When `method` was called."""
        return [at for at, name, arg in self.calls if name == method and of in (None, arg)]

    async def _answer(self, method: str, arg: str, default: Answer) -> Answer:
        self.calls.append((self.clock.monotonic(), method, arg))
        self.trace.append(method)
        script = self._script.get((method, arg)) or self._script.get((method, "")) or [default]
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, asyncio.Future):
            answer = await answer
        if isinstance(answer, ApiError):
            raise answer
        return answer

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        answer = await self._answer("price", f"{country} {service}", Price(receive=3000))
        assert isinstance(answer, Price)
        return answer

    async def services(self, country: int) -> tuple[Service, ...]:
        answer = await self._answer("services", str(country), ())
        assert isinstance(answer, tuple)
        return answer

    async def countries(self) -> tuple[RemoteCountry, ...]:
        answer = await self._answer("countries", "", ())
        assert isinstance(answer, tuple)
        return answer

    async def create_order(self, draft: Draft, key: Secret | None = None) -> Created:
        """Kept in `ordered`; in `calls` as "43 tg", "rent 43 tg", "sms +49151…", "email a@b.example" or "fund 5000"."""
        self.ordered.append((draft, key))
        made = Created("new", "", "bc", None, prepaid=True) if draft.prepaid else Created("new", INVOICE, "bc", None)
        answer = await self._answer("create_order", _named(draft), made)
        assert isinstance(answer, Created)
        return answer

    async def balance(self, key: Secret) -> int:
        self.keys.append(key)
        answer = await self._answer("balance", "", 0)
        assert isinstance(answer, int)
        return answer

    async def deposits(self, key: Secret) -> Deposits:
        self.keys.append(key)
        answer = await self._answer("deposits", "", Deposits(()))
        assert isinstance(answer, Deposits)
        return answer

    async def rental_offers(self, service: str = "full") -> tuple[RentalOffer, ...]:
        answer = await self._answer("rental_offers", service, ())
        assert isinstance(answer, tuple)
        return answer

    async def order_status(self, order_id: str) -> OrderReply:
        answer = await self._answer("order_status", order_id, OrderReply())
        assert isinstance(answer, OrderReply)
        return answer

    async def cancel_order(self, order_id: str) -> None:
        await self._answer("cancel_order", order_id, None)


def _named(draft: Draft) -> str:
    match draft.kind:
        case Kind.RECEIVE:
            return f"{draft.country} {draft.service}"
        case Kind.RENT:
            return f"rent {draft.country} {draft.service}"
        case Kind.FUND:
            return f"fund {draft.quoted}"
        case _:
            return f"{draft.kind} {draft.recipient}"


class StateStore:
    """The state, and every event that made it."""

    def __init__(self, *orders: Order, trace: list[str] | None = None) -> None:
        self.state = AppState(orders=orders)
        self.events: list[Event] = []
        self._trace = [] if trace is None else trace

    def publish(self, event: Event) -> None:
        self.events.append(event)
        self._trace.append(type(event).__name__)
        self.state = reduce(self.state, event)

    def order(self, order_id: str = "a") -> Order:
        """The order with this id, which must be there."""
        order = self.state.order(order_id)
        assert order is not None, f"no order {order_id}"
        return order

    def statuses(self) -> list[Status]:
        """The states that were published, one after the other, repetitions left out."""
        seen = [event.order.status for event in self.events if isinstance(event, OrderChanged)]
        return [status for at, status in enumerate(seen) if at == 0 or seen[at - 1] is not status]
