"""The one state of the program, and the pure function that applies events to it.

`AppState` is frozen; parts that an event does not touch keep their identity, so a view compares with `is`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from s4s_tui.domain.account import Account, RentalOffer
from s4s_tui.domain.catalogue import Country, Price
from s4s_tui.domain.events import (
    AccountChanged,
    ClockSet,
    CountriesLoaded,
    Event,
    ExactPrice,
    GeneralPrices,
    IntentsChanged,
    JournalLoaded,
    JournalNoticed,
    JournalTroubled,
    LinkReported,
    OrderChanged,
    OrderGone,
    OrderRequested,
    OrderRequestEnded,
    PayeeAccepted,
    PreferencesChanged,
    RentalsLoaded,
    SettingKept,
    TermsChanged,
)
from s4s_tui.domain.history import Draft, Intent
from s4s_tui.domain.listing import ServiceList, with_event
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.domain.origin import Origin, Source
from s4s_tui.domain.preferences import Preferences
from s4s_tui.domain.wishes import shifted

MOST_UNPAID = 5
"""Unpaid orders that may be open at once before another one needs a word of the person: each is asked about every
two seconds, and orders that nobody pays are the service's loss."""


_NO_ACCOUNT = Account()
_NO_PRICES = Price()
_DEFAULTS = Preferences()


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
        journal_notice: what became of a damaged journal, until the person has read it.
        countries: the list to choose from, Auto-Select first.
        countries_error: why the server's own list is not used, "" where it is or was not asked for yet.
        services: by country number.
        buying: the draft whose createorder request is under way; at most one (single-flight).
        order_error: why the last createorder request made no order, "" where it did or none was tried.
        link: whether the server answered.
        via: host and port of the proxy that everything goes through, "" without one.
        demo: this is the sandbox, no money moves.
        demo_key: an API key that the sandbox accepts, "" outside the demo.
        first_start: nobody has used this journal before.
        payees: node keys (hex) that the user accepted beside the operator's own.
        account: what is known of the prepaid account.
        prices: the general prices, as far as the server told them.
        exact: sats for a code by country number and service code, as the server computed them.
        max_price: sats above which an invoice has to be accepted first (settings), None for any.
        ref: the Lightning address that earns from orders (settings), "" for none.
        rentals: what can be rented, None before the list came; rentals_error says why the server's own did not.
        preferences: what the person chose about looks and notices (settings).
        keep_days: age in days at which ended orders are deleted, from the next start on where it was changed; 0: never.
        origins: where each setting comes from, by its key.
        config_file: the path of the config file.
        refusals: by order id why the server did not take its last cancellation, until it is wanted again or ended.
    """

    orders: tuple[Order, ...] = ()
    intents: tuple[Intent, ...] = ()
    journal_loaded: bool = False
    journal_trouble: str = ""
    journal_notice: str = ""
    countries: tuple[Country, ...] = ()
    countries_error: str = ""
    services: Mapping[int, ServiceList] = field(default_factory=lambda: MappingProxyType({}))
    buying: Draft | None = None
    order_error: str = ""
    link: Link = Link()
    via: str = ""
    demo: bool = False
    demo_key: str = ""
    first_start: bool = False
    payees: frozenset[str] = frozenset()
    account: Account = _NO_ACCOUNT
    prices: Price = _NO_PRICES
    rentals: tuple[RentalOffer, ...] | None = None
    rentals_error: str = ""
    exact: Mapping[tuple[int, str], int] = field(default_factory=lambda: MappingProxyType({}))
    max_price: int | None = None
    ref: str = ""
    preferences: Preferences = _DEFAULTS
    keep_days: int = 30
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))
    config_file: str = ""
    refusals: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def order(self, order_id: str) -> Order | None:
        """The order with this id, None where there is none."""
        return next((order for order in self.orders if order.order_id == order_id), None)

    @property
    def open_orders(self) -> tuple[Order, ...]:
        """The orders that a person still waits for, newest first."""
        return tuple(order for order in self.orders if order.open)

    @property
    def unpaid(self) -> int:
        """How many wanted orders wait for their payment."""
        return sum(order.status is Status.WAITING and order.cancel is Cancel.NO for order in self.orders)

    def recent_countries(self, limit: int = 5) -> tuple[int, ...]:
        """Country numbers of the latest orders, most recent first, each once."""
        numbers = (order.country for order in self.orders if order.country is not None)
        return tuple(dict.fromkeys(numbers))[:limit]


def reduce(state: AppState, event: Event) -> AppState:
    """The state after the event; the same object where nothing changes."""
    match event:
        case OrderRequested(draft):
            return replace(state, buying=draft, order_error="")
        case OrderRequestEnded(error):
            return replace(state, buying=None, order_error=error)
        case OrderChanged() | OrderGone() | ClockSet():
            orders = _with_orders(state.orders, event)
            return replace(state, orders=orders, refusals=_with_refusal(state, event))
        case IntentsChanged(intents):
            return state if intents == state.intents else replace(state, intents=intents)
        case CountriesLoaded(countries, error):
            return replace(state, countries=countries, countries_error=error)
        case PayeeAccepted() | PreferencesChanged() | TermsChanged() | SettingKept():
            return _with_choice(state, event)
        case AccountChanged() | ExactPrice() | GeneralPrices() | RentalsLoaded():
            return _with_offers(state, event)
        case LinkReported(ok, sentence):
            return _with_link(state, ok=ok, sentence=sentence)
        case JournalLoaded() | JournalTroubled() | JournalNoticed():
            return _with_journal(state, event)
        case _:
            return replace(state, services=with_event(state.services, event))


def _with_choice(state: AppState, event: PayeeAccepted | PreferencesChanged | TermsChanged | SettingKept) -> AppState:
    match event:
        case PayeeAccepted(node):
            return replace(state, payees=state.payees | {node})
        case PreferencesChanged(preferences):
            return replace(state, preferences=preferences)
        case TermsChanged(max_price, ref, keep_days):
            return replace(state, max_price=max_price, ref=ref, keep_days=keep_days)
        case SettingKept(name, kept):
            origin = state.origins.get(name)
            if kept and origin is not None and origin.outranks_file:
                return state
            now = Origin(Source.FILE if kept else Source.RUN)
            return replace(state, origins=MappingProxyType({**state.origins, name: now}))


def _with_offers(state: AppState, event: AccountChanged | ExactPrice | GeneralPrices | RentalsLoaded) -> AppState:
    match event:
        case AccountChanged(account):
            return state if account == state.account else replace(state, account=account)
        case GeneralPrices(price):
            return replace(state, prices=price)
        case ExactPrice(country, service, sats):
            return replace(state, exact=MappingProxyType({**state.exact, (country, service): sats}))
        case RentalsLoaded(offers, error):
            return replace(state, rentals=offers, rentals_error=error)


def _with_journal(state: AppState, event: JournalLoaded | JournalTroubled | JournalNoticed) -> AppState:
    match event:
        case JournalLoaded(orders, intents, payees, first_start, notice):
            return replace(
                state,
                orders=orders,
                intents=intents,
                payees=payees,
                first_start=first_start,
                journal_notice=notice,
                journal_loaded=True,
            )
        case JournalTroubled(sentence):
            return state if state.journal_trouble == sentence else replace(state, journal_trouble=sentence)
        case JournalNoticed(sentence):
            return replace(state, journal_notice=sentence)


def _with_orders(orders: tuple[Order, ...], event: OrderChanged | OrderGone | ClockSet) -> tuple[Order, ...]:
    match event:
        case OrderChanged(order):
            return _with_order(orders, order)
        case OrderGone(order_id):
            return tuple(order for order in orders if order.order_id != order_id)
        case ClockSet(seconds):
            return tuple(order if order.ended else shifted(order, seconds) for order in orders)


def _with_refusal(state: AppState, event: OrderChanged | OrderGone | ClockSet) -> Mapping[str, str]:
    """An order's note is gone with the next good answer; that a cancellation was refused is to be seen for longer."""
    if not isinstance(event, OrderChanged):
        return state.refusals
    new, old = event.order, state.order(event.order.order_id)
    back = not new.ended and new.cancel in (Cancel.NO, Cancel.GIVEN_UP)
    if back and new.note and old is not None and old.cancel is Cancel.SENT:
        return MappingProxyType({**state.refusals, new.order_id: new.note})
    if new.order_id in state.refusals and not back:
        return MappingProxyType({key: why for key, why in state.refusals.items() if key != new.order_id})
    return state.refusals


def _with_order(orders: tuple[Order, ...], order: Order) -> tuple[Order, ...]:
    if any(known.order_id == order.order_id for known in orders):
        return tuple(order if known.order_id == order.order_id else known for known in orders)
    at = next((at for at, known in enumerate(orders) if known.created_at <= order.created_at), len(orders))
    return (*orders[:at], order, *orders[at:])


def _with_link(state: AppState, *, ok: bool, sentence: str) -> AppState:
    link = Link(ok=ok, failures=0 if ok else state.link.failures + 1, sentence=sentence)
    return state if link == state.link else replace(state, link=link)
