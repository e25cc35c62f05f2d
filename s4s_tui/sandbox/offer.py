"""What is offered at this moment: the stock and the prices of every start, and what was set since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from s4s_tui.sandbox import stock as start

Priced = Literal["receive", "send", "rent", "s4s"]
"""What has a price, as `/price` names it; "s4s" is a real phone's number."""

BY_COUNTRY: frozenset[Priced] = frozenset({"receive", "rent"})
"""What can have another price in each country."""

_STARTS: Mapping[Priced, int] = {
    "receive": start.RECEIVE,
    "send": start.SEND,
    "rent": start.RENT,
    "s4s": start.REAL_PHONE,
}


@dataclass(frozen=True, slots=True)
class Price:
    """Sats for something, in one country or (None) wherever no other price was set."""

    what: Priced
    country: int | None
    sats: int


@dataclass(frozen=True, slots=True)
class Stock:
    """How many numbers there are in a country for a service."""

    country: int
    service: str
    count: int


class Offer:
    """The stock and the prices of one sandbox. One thread changes them."""

    def __init__(self, settings: Iterable[Price | Stock] = ()) -> None:
        self._prices: dict[tuple[Priced, int | None], int] = {}
        self._counts: dict[int, dict[str, int]] = {}
        for setting in settings:
            self.set(setting)

    def set(self, setting: Price | Stock) -> None:
        """Change a price or a stock; orders that were made keep theirs."""
        if isinstance(setting, Price):
            self._prices[setting.what, setting.country] = setting.sats
        else:
            self._counts.setdefault(setting.country, {})[setting.service] = setting.count

    def stock(self, cc: int) -> Mapping[str, int]:
        """How many numbers there are in this country, by service code, in the order of the list."""
        return {**start.stock(cc), **self._counts.get(cc, {})}

    def price(self, cc: int | None) -> int:
        """Sats for a code in this country; `None` is the general price."""
        return self._price("receive", cc, start.price(cc))

    def rentals(self, service: str) -> Mapping[int, int]:
        """Sats for a number to rent for this service, by country."""
        return {
            cc: self._price("rent", cc, sats)
            for cc, sats in start.RENTALS.items()
            if service == start.WHOLE_RENT or service in self.stock(cc)
        }

    def general(self, what: Priced) -> int:
        """Sats as `/price` lists them; a rent is the least of all countries."""
        if what == "rent":
            return min(self.rentals(start.WHOLE_RENT).values())
        return self._price(what, None, _STARTS[what])

    def _price(self, what: Priced, cc: int | None, otherwise: int) -> int:
        return self._prices.get((what, cc), self._prices.get((what, None), otherwise))
