"""The one state of the program, the events that change it, and the pure function that does.

`AppState` is frozen; parts that an event does not touch keep their identity, so a view compares with `is`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.history import Draft, Intent
from s4s_tui.domain.listing import ListEvent, ServiceList, with_event
from s4s_tui.domain.order import Order


@dataclass(frozen=True, slots=True)
class Link:
    """Whether the server answered the last request; `ok` None before the first one.

    Attributes:
        ok: the last request was answered.
        failures: requests without an answer in a row.
        sentence: why the last one was not answered, "" where it was.
    """

    ok: bool | None = None
    failures: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything that the screens draw.

    Attributes:
        orders: newest first, open and ended.
        intents: orders whose making has an unknown outcome, newest first.
        journal_loaded: whether the journal has been read.
        journal_trouble: why the journal cannot be written, "" where it can.
        countries: the list to choose from, Auto-Select first.
        countries_error: why the server's own list is not used, "" where it is or was not asked for yet.
        services: by country number.
        buying: the draft whose createorder request is under way; at most one (single-flight).
        order_error: why the last createorder request made no order, "" where it did or none was tried.
        link: whether the server answered.
        demo: this is the sandbox, no money moves.
        first_start: nobody has used this journal before.
        payees: node keys (hex) that the user accepted beside the operator's own.
    """

    orders: tuple[Order, ...] = ()
    intents: tuple[Intent, ...] = ()
    journal_loaded: bool = False
    journal_trouble: str = ""
    countries: tuple[Country, ...] = ()
    countries_error: str = ""
    services: Mapping[int, ServiceList] = field(default_factory=lambda: MappingProxyType({}))
    buying: Draft | None = None
    order_error: str = ""
    link: Link = Link()
    demo: bool = False
    first_start: bool = False
    payees: frozenset[str] = frozenset()

    def order(self, order_id: str) -> Order | None:
        """The order with this id, None where there is none."""
        return next((order for order in self.orders if order.order_id == order_id), None)

    @property
    def open_orders(self) -> tuple[Order, ...]:
        """The orders that a person still waits for, newest first."""
        return tuple(order for order in self.orders if order.open)

    def recent_countries(self, limit: int = 5) -> tuple[int, ...]:
        """Country numbers of the latest orders, most recent first, each once."""
        return tuple(dict.fromkeys(order.country for order in self.orders))[:limit]


@dataclass(frozen=True, slots=True)
class JournalLoaded:
    """The journal was read at the start."""

    orders: tuple[Order, ...]
    intents: tuple[Intent, ...]
    payees: frozenset[str]
    first_start: bool


@dataclass(frozen=True, slots=True)
class JournalTroubled:
    """The journal could not be written (sentence), or can be again ("")."""

    sentence: str


@dataclass(frozen=True, slots=True)
class CountriesLoaded:
    """The countries to choose from; `error` says why the server's own list is not among them."""

    countries: tuple[Country, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class OrderRequested:
    """A createorder request is about to be sent."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class OrderRequestEnded:
    """The createorder request has ended; `error` says why it made no order, "" where it did."""

    error: str = ""


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order is new or has changed; it is in the journal already."""

    order: Order


@dataclass(frozen=True, slots=True)
class IntentUnknown:
    """The answer to a createorder request was lost."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class PayeeAccepted:
    """The user accepted a node that is not the operator's known one."""

    node: str


@dataclass(frozen=True, slots=True)
class LinkReported:
    """The server answered a request (sentence "") or did not (why)."""

    ok: bool
    sentence: str = ""


Event = (
    JournalLoaded
    | JournalTroubled
    | CountriesLoaded
    | ListEvent
    | OrderRequested
    | OrderRequestEnded
    | OrderChanged
    | IntentUnknown
    | PayeeAccepted
    | LinkReported
)


def reduce(state: AppState, event: Event) -> AppState:
    """The state after the event; the same object where nothing changes."""
    match event:
        case JournalLoaded(orders, intents, payees, first_start):
            return replace(
                state,
                orders=orders,
                intents=intents,
                payees=payees,
                first_start=first_start,
                journal_loaded=True,
            )
        case JournalTroubled(sentence):
            return state if state.journal_trouble == sentence else replace(state, journal_trouble=sentence)
        case CountriesLoaded(countries, error):
            return replace(state, countries=countries, countries_error=error)
        case OrderRequested(draft):
            return replace(state, buying=draft, order_error="")
        case OrderRequestEnded(error):
            return replace(state, buying=None, order_error=error)
        case OrderChanged(order):
            return replace(state, orders=_with_order(state.orders, order))
        case IntentUnknown(intent):
            return replace(state, intents=(intent, *state.intents))
        case PayeeAccepted(node):
            return replace(state, payees=state.payees | {node})
        case LinkReported(ok, sentence):
            return _with_link(state, ok=ok, sentence=sentence)
        case _:
            return replace(state, services=with_event(state.services, event))


def _with_order(orders: tuple[Order, ...], order: Order) -> tuple[Order, ...]:
    if any(known.order_id == order.order_id for known in orders):
        return tuple(order if known.order_id == order.order_id else known for known in orders)
    return (order, *orders)


def _with_link(state: AppState, *, ok: bool, sentence: str) -> AppState:
    link = Link(ok=ok, failures=0 if ok else state.link.failures + 1, sentence=sentence)
    return state if link == state.link else replace(state, link=link)
