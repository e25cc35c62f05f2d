"""Reading a scenario: a TOML file in which every key is checked and said by name where it is wrong."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path
from typing import Any, get_args

from s4s_tui.sandbox.control_words import LONGEST_TEXT, MOST_NUMBERS, MOST_SATS, NUMBER, has_price, is_text, priced
from s4s_tui.sandbox.fault_rules import FaultError, read_fault
from s4s_tui.sandbox.faults import MOST_FAULTS, Fault
from s4s_tui.sandbox.offer import Price, Priced, Stock
from s4s_tui.sandbox.scenario import Kind, Scenario, Script
from s4s_tui.sandbox.stock import find_country, services

SIZE_LIMIT = 2**20
"""Bytes of the largest file that is read."""
NEVER = "never"
"""The word for seconds that never pass."""
_FAULTS = "faults"

Row = Mapping[str, object]
"""One table of the file."""


class ScenarioError(Exception):
    """The scenario cannot be used; the sentence says where and why."""


class _Wrong(Exception):
    """A value that is not taken."""


@dataclass(frozen=True, slots=True)
class _Key:
    """How a key is read (raises `_Wrong`), and what is allowed, in words."""

    read: Callable[[object], Any]
    allowed: str


def read(file: Path) -> Scenario:
    """The scenario of a file.

    Raises:
        ScenarioError: it cannot be read, is no TOML, or holds what makes no sense.
    """
    name = f"The scenario {str(file)!r}"
    try:
        with file.open("rb") as opened:
            raw = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise ScenarioError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if len(raw) > SIZE_LIMIT:
        raise ScenarioError(f"{name} is larger than 1 MiB.")
    try:
        tables = tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{name} is not TOML: {str(error).rstrip('.')}.") from error
    try:
        return _scenario(tables)
    except _Wrong as wrong:
        raise ScenarioError(f"{name}: {wrong}") from wrong


def _scenario(tables: Row) -> Scenario:
    for table in tables:
        if table not in (*_TABLES, _FAULTS):
            raise _Wrong(
                f"{table!r} is no table; there are {', '.join(f'[[{known}]]' for known in (*_TABLES, _FAULTS))}."
            )
    found = {table: list(_rows(tables, table)) for table in _TABLES}
    prices = [_price(place, row) for place, row in found["prices"]]
    stocks = [_stock(place, row) for place, row in found["stock"]]
    if len(faults := _raw(tables, _FAULTS)) > MOST_FAULTS:
        raise _Wrong(f"there are {MOST_FAULTS} [[faults]] at the most.")
    scripts = tuple(_script(place, row) for place, row in found["orders"])
    return Scenario(scripts, (*prices, *stocks), tuple(_fault(place, row) for place, row in faults))


def _rows(tables: Row, table: str) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a table with their places in words, each of their values read."""
    return [(place, _values(place, row, _TABLES[table])) for place, row in _raw(tables, table)]


def _raw(tables: Row, table: str) -> list[tuple[str, dict[str, object]]]:
    """The rows of a table with their places in words."""
    rows = tables.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _Wrong(f"{table} must be written as [[{table}]].")
    places = [f"[[{table}]] no. {number}" for number in range(1, len(rows) + 1)]
    return list(zip(places, rows, strict=True))


def _values(place: str, row: Row, keys: Mapping[str, _Key]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name not in keys:
            raise _Wrong(f"{place}: {name!r} is no key; there are {', '.join(keys)}.")
        try:
            values[name] = keys[name].read(value)
        except _Wrong:
            raise _Wrong(f"{place}: {name} must be {keys[name].allowed}, not {_shown(value)}.") from None
    return values


def _shown(value: object) -> str:
    text = ("false", "true")[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _script(place: str, row: dict[str, Any]) -> Script:
    kind: Kind | None = row.get("kind")
    for keys, kinds in _ONLY.items():
        useless = [name for name in row if name in keys]
        if useless and kind is not None and kind not in kinds:
            raise _Wrong(f"{place}: {useless[0]} does nothing for an order of the kind {kind}.")
    for one, other in _EITHER:
        if row.get(one) not in (None, False) and row.get(other) not in (None, False):
            raise _Wrong(f"{place}: {one} and {other} cannot both be true of an order.")
    if row.pop("no_code", False):
        row["code_after"] = inf
    return Script(**row)


def _fault(place: str, row: Row) -> Fault:
    try:
        return read_fault(row)
    except FaultError as error:
        raise _Wrong(f"{place}: {error}") from error


def _price(place: str, row: dict[str, Any]) -> Price:
    _needed(place, row, "what", "sats")
    price = Price(row["what"], row.get("country"), row["sats"])
    if price.country is not None and not has_price(price.what, price.country):
        raise _Wrong(f"{place}: {price.what} has no price of its own in the country {price.country}.")
    return price


def _stock(place: str, row: dict[str, Any]) -> Stock:
    _needed(place, row, "country", "service", "count")
    return Stock(**row)


def _needed(place: str, row: Row, *names: str) -> None:
    for name in names:
        if name not in row:
            raise _Wrong(f"{place}: {name} is missing.")


def _country(value: object) -> int:
    country = find_country(value)
    if country is None:
        raise _Wrong
    return country.cc


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0 or not isfinite(value):
        raise _Wrong
    return float(value)


def _or_never(value: object) -> float:
    return inf if value == NEVER else _seconds(value)


def _whole(low: int, high: int) -> _Key:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _Wrong
        return value

    return _Key(read, f"a whole number from {low} to {high}")


def _one_of(words: Collection[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise _Wrong
        return value

    return read


def _number(value: object) -> str:
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise _Wrong
    return value


def _text(value: object) -> str:
    if not is_text(value):
        raise _Wrong
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _Wrong
    return tuple(_text(each) for each in value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong
    return value


def _priced(value: object) -> Priced:
    what = priced(value)
    if what is None:
        raise _Wrong
    return what


_COUNTRY = _Key(_country, "the number or the name of a country")
_SERVICE = _Key(_one_of(services()), "the code of a service")
_SECONDS = _Key(_seconds, "seconds, 0 or more")
_OR_NEVER = _Key(_or_never, f'seconds, 0 or more, or "{NEVER}"')
_FLAG = _Key(_flag, "true or false")

_TABLES: Mapping[str, Mapping[str, _Key]] = {
    "orders": {
        "kind": _Key(_one_of(get_args(Kind)), f"one of {', '.join(get_args(Kind))}"),
        "country": _COUNTRY,
        "service": _SERVICE,
        "place": _whole(1, 1_000_000),
        "pay_after": _SECONDS,
        "number_after": _OR_NEVER,
        "number": _Key(_number, "a text of 5 to 15 digits with country prefix, without +"),
        "no_number": _FLAG,
        "code_after": _OR_NEVER,
        "code": _Key(_text, f"a text of 1 to {LONGEST_TEXT} characters"),
        "no_code": _FLAG,
        "texts": _Key(_texts, f"a list of texts of 1 to {LONGEST_TEXT} characters"),
        "refund_after": _SECONDS,
        "sent_after": _OR_NEVER,
        "delivered_after": _OR_NEVER,
        "fail": _FLAG,
    },
    "prices": {
        "what": _Key(_priced, f"one of {', '.join(get_args(Priced))}"),
        "country": _COUNTRY,
        "sats": _whole(1, MOST_SATS),
    },
    "stock": {"country": _COUNTRY, "service": _SERVICE, "count": _whole(0, MOST_NUMBERS)},
}

_ONLY: Mapping[tuple[str, ...], tuple[Kind, ...]] = {
    ("country", "service", "number_after", "number", "no_number", "code_after", "no_code"): ("receive", "rental"),
    ("code",): ("receive",),
    ("texts",): ("rental",),
    ("sent_after", "delivered_after", "fail"): ("sms", "email"),
    ("refund_after",): ("receive", "rental", "sms", "email"),
}
"""Keys that say something about some kinds of orders only."""
_EITHER = (
    ("no_number", "number"),
    ("no_number", "refund_after"),
    ("no_code", "code"),
    ("no_code", "code_after"),
    ("no_code", "texts"),
    ("refund_after", "code"),
    ("refund_after", "code_after"),
    ("refund_after", "texts"),
    ("refund_after", "sent_after"),
    ("refund_after", "delivered_after"),
    ("refund_after", "fail"),
    ("fail", "delivered_after"),
)
"""Keys that contradict each other."""
