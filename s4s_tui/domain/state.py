"""The one state of the program; `reduce` applies events to it.

`AppState` is frozen; parts that an event does not touch keep their identity, so a view compares with `is`.

A start makes one before anything has happened: what orders and lists are made of is not imported for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from s4s_tui.domain.account import Account
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.preferences import Preferences

if TYPE_CHECKING:
    from s4s_tui.domain.account import RentalOffer
    from s4s_tui.domain.catalogue import Country
    from s4s_tui.domain.history import Draft, Intent
    from s4s_tui.domain.listing import ServiceList
    from s4s_tui.domain.order import Order
    from s4s_tui.domain.origin import Origin

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

    orders: "tuple[Order, ...]" = ()
    intents: "tuple[Intent, ...]" = ()
    journal_loaded: bool = False
    journal_trouble: str = ""
    journal_notice: str = ""
    countries: "tuple[Country, ...]" = ()
    countries_error: str = ""
    services: "Mapping[int, ServiceList]" = field(default_factory=lambda: MappingProxyType({}))
    buying: "Draft | None" = None
    order_error: str = ""
    link: Link = Link()
    via: str = ""
    demo: bool = False
    demo_key: str = ""
    first_start: bool = False
    payees: frozenset[str] = frozenset()
    account: Account = _NO_ACCOUNT
    prices: Price = _NO_PRICES
    rentals: "tuple[RentalOffer, ...] | None" = None
    rentals_error: str = ""
    exact: Mapping[tuple[int, str], int] = field(default_factory=lambda: MappingProxyType({}))
    max_price: int | None = None
    ref: str = ""
    preferences: Preferences = _DEFAULTS
    keep_days: int = 30
    origins: "Mapping[str, Origin]" = field(default_factory=lambda: MappingProxyType({}))
    config_file: str = ""
    refusals: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def order(self, order_id: str) -> "Order | None":
        """The order with this id, None where there is none."""
        return next((order for order in self.orders if order.order_id == order_id), None)

    @property
    def open_orders(self) -> "tuple[Order, ...]":
        """The orders that a person still waits for, newest first."""
        return tuple(order for order in self.orders if order.open)

    @property
    def unpaid(self) -> int:
        """How many wanted orders wait for their payment."""
        from s4s_tui.domain.order import Cancel, Status

        return sum(order.status is Status.WAITING and order.cancel is Cancel.NO for order in self.orders)

    def recent_countries(self, limit: int = 5) -> tuple[int, ...]:
        """Country numbers of the latest orders, most recent first, each once."""
        numbers = (order.country for order in self.orders if order.country is not None)
        return tuple(dict.fromkeys(numbers))[:limit]
