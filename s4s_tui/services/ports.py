"""The ports: what the services need from the outside, so that a test can step 21 minutes in a millisecond."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from s4s_tui.domain.account import Deposits, RentalOffer
from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.events import Event
from s4s_tui.domain.history import Draft, Happening, Intent, Outcome
from s4s_tui.domain.order import Created, Order, OrderReply
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import AppState


class Clock(Protocol):
    """The time: wall clock for deadlines, monotonic for waiting; all in seconds."""

    def now(self) -> float:
        """Unix time, steady between two calls of `was_set` even where somebody sets the clock."""
        ...

    def monotonic(self) -> float:
        """A clock that never goes back."""
        ...

    def boot(self) -> float:
        """A clock that never goes back and goes on while the machine sleeps."""
        ...

    def was_set(self) -> float:
        """Seconds by which somebody set the wall clock since the last call; `now` jumps by them with this call."""
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

    async def create_order(self, draft: Draft, key: Secret | None = None) -> Created:
        """`POST /createorder`, `/createsendorder`, `/createemailsendorder` or `/fund`, as the draft's kind says.

        `key` is needed for a prepaid draft and for a funding, and is not sent with any other. OutcomeUnknown where the
        answer was lost. Never sent twice.
        """
        ...

    async def balance(self, key: Secret) -> int:
        """`GET /balance`: whole sats (a fraction is left out)."""
        ...

    async def deposits(self, key: Secret) -> Deposits:
        """`GET /history`."""
        ...

    async def rental_offers(self, service: str = "full") -> tuple[RentalOffer, ...]:
        """`GET /getRentalCountries`; optional on the server, so expect Refused."""
        ...

    async def order_status(self, order_id: str) -> OrderReply:
        """`GET /orderstatus`."""
        ...

    async def cancel_order(self, order_id: str) -> None:
        """`GET /cancelorder`; OutcomeUnknown where the answer was lost."""
        ...


Change = Callable[[Order], tuple[Order, tuple[Happening, ...]]]
"""What becomes of an order, and the lines for its history; pure, for it may be applied on another thread."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the journal remembers at the start.

    Attributes:
        orders: newest first.
        intents: those whose outcome is open or unknown, newest first.
        settings: by key.
        notice: what became of a damaged file, "" where nothing was wrong.
        trouble: why nothing can be written, "" where it can.
    """

    orders: tuple[Order, ...]
    intents: tuple[Intent, ...]
    settings: dict[str, str]
    notice: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What other programs wrote: orders as they stand, ids that are no longer on the list, all loose intents."""

    orders: tuple[Order, ...]
    gone: tuple[str, ...]
    intents: tuple[Intent, ...]


class Journal(Protocol):
    """The memory on disk. Every method returns after the write is synced and raises JournalError and nothing else.

    JournalReplaced means that the file was damaged and a new one is begun: what this program knows is to be written
    again.
    """

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

    async def revise(self, seen: Order, change: Change) -> Order | None:
        """Apply `change` to the order as it stands in the journal, not as it was `seen`; the order as it stands now.

        None where it was deleted and had ended: late news do not bring it back.
        """
        ...

    async def order(self, order_id: str) -> Order | None:
        """The order with this id, on the list or not; None where there is none."""
        ...

    async def history(self, order_id: str) -> tuple[Happening, ...]:
        """What happened to an order, oldest first."""
        ...

    async def news(self, known: Iterable[str]) -> News | None:
        """What other programs wrote since the last call, None where nothing; `known` are the ids on the list here."""
        ...

    async def forget(self, order_id: str) -> None:
        """Delete an order and its history for good."""
        ...

    async def purge(self, before: float) -> tuple[str, ...]:
        """Delete some orders that ended before a moment (Unix seconds); their ids, () when none is left."""
        ...

    async def remember(self, key: str, value: str) -> None:
        """Keep a setting."""
        ...

    async def recall(self, key: str) -> str:
        """A setting as it was kept last, "" where it never was."""
        ...

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        ...


class Keys(Protocol):
    """Where the API key is from and kept. Every method that fails raises ApiKeyError and nothing else."""

    async def get(self) -> Secret | None:
        """The key, None where there is none; a failure is not remembered, so not to be called on a timer."""
        ...

    async def put(self, key: Secret, place: KeyPlace) -> None:
        """Keep a key in a place that `choices` names."""
        ...

    async def remove(self) -> None:
        """Forget the key that was kept by this program."""
        ...

    async def close(self) -> None:
        """End what is under way."""
        ...

    def origin(self) -> str:
        """Where the key is from, in words."""
        ...

    def choices(self) -> tuple[KeyPlace, ...]:
        """Where a key can be kept here."""
        ...


class Lead(Protocol):
    """Which of several programs on one journal asks the server about orders. No method raises."""

    def leads(self, monotonic: float) -> bool:
        """Whether this program is to ask now, at `monotonic` seconds of its clock; each call is a sign of life."""
        ...

    def release(self) -> None:
        """Leave it to another program; a later `leads` may take it again."""
        ...


class SettingsFile(Protocol):
    """The config file."""

    def put(self, name: str, value: object) -> None:
        """Write a setting, or take it out where it is None; blocks, raises SettingsError."""
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
