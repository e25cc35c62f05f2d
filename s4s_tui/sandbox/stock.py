"""What the sandbox offers: countries, services, how many numbers, at what price. The same at every start."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from s4s_tui.domain.catalogue import AUTO_SELECT, Country

EMPTY_COUNTRY = 132
"""Iceland: every service is listed with a count of 0."""
BARE_COUNTRY = 144
"""Monaco: its list of services is an empty array."""
NO_NUMBER_SERVICE = "gf"
"""GoogleVoice: listed with stock, but every paid order ends in "no number" and the money goes back."""

RECEIVE = 3000
"""Sats for a code where nothing more exact is said (API docs' sample); send, rent and a real phone likewise."""
SEND, RENT, REAL_PHONE = 1000, 15000, 5000

RENTALS: Mapping[int, int] = MappingProxyType(
    {187: RENT, 16: 15500, 43: 18000, 48: 18500, 78: 19000, 46: 21000, 36: 16000, 15: 16500, 6: RENT, 56: 20000}
)
"""Sats for a rental by country, where there are any (API docs: `price.rent` is the least)."""
WHOLE_RENT = "full"
"""The service code of a number that is rented for all services at once."""
RENTAL_WEEKS = "2"
"""How long a rental lasts, as `/getRentalCountries` words it."""

_WHOLE_LIST = frozenset({AUTO_SELECT, 0, 6, 12, 16, 22, 187})
"""Countries that offer every service: Auto-Select, Russia, Indonesia, the UK, India, the United States (twice)."""
_POPULAR = ("tg", "wa", "go", "fb", "ig", "tw", "ds", "dr", "am", "wx", "mm", "vi", "lf", "ot", "oi", "ub", "ts", "mt",
            "bw", "dp", "wb", "me", "fu", "nf", "ya", NO_NUMBER_SERVICE)  # fmt: skip
_RANK = {code: rank for rank, code in enumerate(_POPULAR)}
_SHARE = 0.27
"""Part of the 1,717 services that a usual country offers: some 470 (API docs: 400 and more are usual)."""


@cache
def countries() -> Mapping[int, Country]:
    """The countries by number, Auto-Select first."""
    rows = _data("countries.json")["countries"]
    return MappingProxyType(
        {row["cc"]: Country(row["cc"], row["name"], row["iso2"], row["dial"], tuple(row["api_names"])) for row in rows}
    )


@cache
def services() -> Mapping[str, str]:
    """The names of all services by code."""
    return MappingProxyType(dict(_data("services.json")["services"]))


def find_country(word: object) -> Country | None:
    """The country of a number (7, "7") or a name in any case ("germany"; API docs: both are taken)."""
    if isinstance(word, bool):
        return None
    if isinstance(word, int):
        return countries().get(word)
    if not isinstance(word, str):
        return None
    text = word.strip().casefold()
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return countries().get(int(text))
    return _by_name().get(text)


@cache
def stock(cc: int) -> Mapping[str, int]:
    """How many numbers there are in this country, by service code, in the order of the list."""
    if cc == BARE_COUNTRY:
        return MappingProxyType({})
    size = 4.0 if cc in _WHOLE_LIST else 0.3 + 1.2 * _draw(cc, "size")
    offered = (code for code in services() if cc in _WHOLE_LIST or code in _RANK or _draw(cc, code, "offer") < _SHARE)
    return MappingProxyType({code: _count(cc, code, size) for code in offered})


def price(cc: int | None) -> int:
    """Sats for a code in this country: 2,600 to 3,800; `None` is the general price."""
    if cc is None or cc == AUTO_SELECT:
        return RECEIVE
    return RECEIVE - 400 + 100 * int(13 * _draw(cc, "price"))


def _count(cc: int, code: str, size: float) -> int:
    if cc == EMPTY_COUNTRY:
        return 0
    chance = _draw(cc, code, "count")
    if code in _RANK:
        return 20 + int(size * (200 + 4000 * chance) * (1 - _RANK[code] / 40))
    return int(400 * chance**3 * size)


def _draw(*parts: object) -> float:
    """A number from 0 to below 1 that is always the same for the same parts."""
    digest = blake2b(":".join(map(str, parts)).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32


@cache
def _by_name() -> Mapping[str, Country]:
    return {name.casefold(): country for country in countries().values() for name in (country.name, *country.aliases)}


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("s4s_tui.data").joinpath(name).read_text(encoding="utf-8"))
    return data
