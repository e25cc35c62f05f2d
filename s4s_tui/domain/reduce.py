"""The pure function that applies events to the state: the one way in which it changes."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

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
from s4s_tui.domain.listing import with_event
from s4s_tui.domain.order import Cancel, Order
from s4s_tui.domain.origin import Origin, Source
from s4s_tui.domain.state import AppState, Link
from s4s_tui.domain.wishes import shifted


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
