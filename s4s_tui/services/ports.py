"""The ports: what the services need from the outside, so that a test can step 21 minutes in a millisecond."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.history import Happening, Intent, Outcome
from s4s_tui.domain.order import Created, Order, OrderReply
from s4s_tui.domain.state import AppState, Event


class Clock(Protocol):
    """The time: wall clock for deadlines, monotonic for waiting; both in seconds."""

    def now(self) -> float:
        """Unix time."""
        ...

    def monotonic(self) -> float:
        """A clock that never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of the monotonic clock pass."""
        ...


class Api(Protocol):
    """The server. Every method raises ApiError and nothing else."""

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        """`GET /price`."""
        ...

    async def services(self, country: int) -> tuple[Service, ...]:
        """`GET /getnumbersstatus`: the services of one country, in the server's order."""
        ...

    async def countries(self) -> tuple[RemoteCountry, ...]:
        """`GET /getCountries`; optional on the server, so expect Refused."""
        ...

    async def create_order(self, country: int, service: str) -> Created:
        """`POST /createorder`; OutcomeUnknown where the answer was lost. Never sent twice."""
        ...

    async def order_status(self, order_id: str) -> OrderReply:
        """`GET /orderstatus`."""
        ...

    async def cancel_order(self, order_id: str) -> None:
        """`GET /cancelorder`; OutcomeUnknown where the answer was lost."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """What the journal remembers at the start: orders newest first, open or unknown intents, settings by key."""

    orders: tuple[Order, ...]
    intents: tuple[Intent, ...]
    settings: dict[str, str]


class Journal(Protocol):
    """The memory on disk. Every method returns after the write is synced and raises JournalError and nothing else."""

    async def load(self) -> Memory:
        """Open (making the file where there is none) and read what matters at the start."""
        ...

    async def intend(self, intent: Intent) -> None:
        """Keep the intent; called before the request is sent."""
        ...

    async def conclude(self, intent_id: str, outcome: Outcome, detail: str) -> None:
        """Say what became of an intent that made no order."""
        ...

    async def record(self, order: Order, lines: Sequence[Happening], intent_id: str | None = None) -> None:
        """Keep this version of the order and its new lines of history, in one transaction.

        With `intent_id` the intent becomes MADE in the same transaction.
        """
        ...

    async def remember(self, key: str, value: str) -> None:
        """Keep a setting."""
        ...

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        ...


class Store(Protocol):
    """The one place that holds the state; the app is one."""

    @property
    def state(self) -> AppState:
        """The state as it is now."""
        ...

    def publish(self, event: Event) -> None:
        """Reduce the event into the state."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """The services of one country as an earlier run of the program loaded them.

    Attributes:
        price: sats for a code there, None where it was not known.
        at: Unix seconds of that load, never in the future.
    """

    rows: tuple[Service, ...]
    price: int | None
    at: float


class Shelf(Protocol):
    """A cache of lists on disk. Raises nothing: one that cannot be read or written is no cache, and no trouble."""

    async def get(self, country: int) -> Kept | None:
        """What was kept of this country, None where there is nothing of use."""
        ...

    async def put(self, country: int, rows: Sequence[Service], price: int | None, at: float) -> None:
        """Keep a list that came at `at` (Unix seconds); it takes the place of the one before."""
        ...
