"""The list of services of one country as it comes: from the shelf, under way, there, failed. Events and reduction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from s4s_tui.domain.catalogue import Service


@dataclass(frozen=True, slots=True)
class ServiceList:
    """The services of one country: what was loaded, what is under way, what went wrong.

    Attributes:
        rows: the last loaded list, None before the first.
        loaded_at: wall-clock seconds of that load.
        loading: a request is under way.
        error: why the last load failed, "" where it did not.
        price: sats for a code in this country, None where not known.
        price_known: the price request has ended, well or badly.
        kept: the rows are from the shelf, loaded by an earlier run of the program.
        price_old: the price is not the answer to the last request: that one is under way or failed.
    """

    rows: tuple[Service, ...] | None = None
    loaded_at: float | None = None
    loading: bool = False
    error: str = ""
    price: int | None = None
    price_known: bool = False
    kept: bool = False
    price_old: bool = False


@dataclass(frozen=True, slots=True)
class ServicesRequested:
    """The services of a country are being asked for."""

    country: int


@dataclass(frozen=True, slots=True)
class ServicesKept:
    """An earlier run of the program kept the services of a country, and the price (sats) there."""

    country: int
    rows: tuple[Service, ...]
    price: int | None
    at: float


@dataclass(frozen=True, slots=True)
class ServicesLoaded:
    """The services of a country came."""

    country: int
    rows: tuple[Service, ...]
    at: float


@dataclass(frozen=True, slots=True)
class ServicesFailed:
    """The services of a country did not come."""

    country: int
    sentence: str


@dataclass(frozen=True, slots=True)
class PriceLoaded:
    """The price of a code in a country, None where it could not be had."""

    country: int
    sats: int | None


ListEvent = ServicesRequested | ServicesKept | ServicesLoaded | ServicesFailed | PriceLoaded


def with_event(lists: Mapping[int, ServiceList], event: ListEvent) -> Mapping[int, ServiceList]:
    """The lists by country number after the event; those of other countries keep their identity."""
    old = lists.get(event.country, ServiceList())
    return MappingProxyType({**lists, event.country: _changed(old, event)})


def _changed(old: ServiceList, event: ListEvent) -> ServiceList:
    match event:
        case ServicesRequested():
            return replace(old, loading=True, error="", price_known=False, price_old=old.price is not None)
        case ServicesKept(_, rows, price, at):
            return _with_kept(old, rows, price, at)
        case ServicesLoaded(_, rows, at):
            return replace(old, loading=False, error="", rows=rows, loaded_at=at, kept=False)
        case ServicesFailed(_, sentence):
            return replace(old, loading=False, error=sentence)
        case PriceLoaded(_, None):
            return replace(old, price_known=True)
        case PriceLoaded(_, sats):
            return replace(old, price=sats, price_known=True, price_old=False)


def _with_kept(old: ServiceList, rows: tuple[Service, ...], price: int | None, at: float) -> ServiceList:
    """What was kept fills gaps only: the disk may be slower than the server."""
    if old.rows is not None:
        return old
    kept = replace(old, rows=rows, loaded_at=at, kept=True)
    return kept if old.price is not None or price is None else replace(kept, price=price, price_old=True)
