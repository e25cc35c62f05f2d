"""The events that change the state of the program: what happened, each a frozen value. `state.reduce` applies them."""

from dataclasses import dataclass

from s4s_tui.domain.account import Account, RentalOffer
from s4s_tui.domain.catalogue import Country, Price
from s4s_tui.domain.history import Draft, Intent
from s4s_tui.domain.listing import ListEvent
from s4s_tui.domain.order import Order
from s4s_tui.domain.preferences import Preferences


@dataclass(frozen=True, slots=True)
class PreferencesChanged:
    """The person has chosen otherwise."""

    preferences: Preferences


@dataclass(frozen=True, slots=True)
class TermsChanged:
    """The person has chosen another highest price (sats), referral or age of deletion (days)."""

    max_price: int | None
    ref: str
    keep_days: int


@dataclass(frozen=True, slots=True)
class SettingKept:
    """What was chosen for a setting is in the config file now, or (not `kept`) holds for this run alone."""

    name: str
    kept: bool


@dataclass(frozen=True, slots=True)
class JournalLoaded:
    """The journal was read at the start."""

    orders: tuple[Order, ...]
    intents: tuple[Intent, ...]
    payees: frozenset[str]
    first_start: bool
    notice: str = ""


@dataclass(frozen=True, slots=True)
class JournalTroubled:
    """The journal could not be written (sentence), or can be again ("")."""

    sentence: str


@dataclass(frozen=True, slots=True)
class JournalNoticed:
    """Something about the journal that a person has to know (sentence), or has read ("")."""

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
class OrderGone:
    """An order is no longer on the list: taken off it, or deleted from the journal."""

    order_id: str


@dataclass(frozen=True, slots=True)
class IntentsChanged:
    """The orders whose making has an unknown outcome are these now, newest first."""

    intents: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class ClockSet:
    """This machine's clock was set ahead by so many seconds (negative: back); the waits of open orders are the same."""

    seconds: float


@dataclass(frozen=True, slots=True)
class PayeeAccepted:
    """The user accepted a node that is not the operator's known one."""

    node: str


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What is known of the account is this now."""

    account: Account


@dataclass(frozen=True, slots=True)
class RentalsLoaded:
    """What can be rented; `error` says why the server's own list is not among it."""

    offers: tuple[RentalOffer, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class GeneralPrices:
    """The general prices (sats) of everything, as the server tells them today."""

    price: Price


@dataclass(frozen=True, slots=True)
class ExactPrice:
    """The server computed the price (sats) of a code for a country and a service."""

    country: int
    service: str
    sats: int


@dataclass(frozen=True, slots=True)
class LinkReported:
    """The server answered a request (sentence "") or did not (why)."""

    ok: bool
    sentence: str = ""


Event = (
    JournalLoaded
    | JournalTroubled
    | JournalNoticed
    | CountriesLoaded
    | ListEvent
    | OrderRequested
    | OrderRequestEnded
    | OrderChanged
    | OrderGone
    | IntentsChanged
    | ClockSet
    | PayeeAccepted
    | PreferencesChanged
    | TermsChanged
    | SettingKept
    | AccountChanged
    | RentalsLoaded
    | GeneralPrices
    | ExactPrice
    | LinkReported
)
