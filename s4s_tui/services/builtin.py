"""The lists that come with the program, for when the server does not give its own."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.countries import CountryRow, countries_from_rows


class _CountryFile(TypedDict):
    countries: list[CountryRow]


class _ServiceFile(TypedDict):
    services: list[tuple[str, str]]


def builtin_countries() -> tuple[Country, ...]:
    """The API's countries as this version of the program knows them: Auto-Select, then by name."""
    content: _CountryFile = json.loads(_data("countries.json"))
    return countries_from_rows(content["countries"])


@cache
def builtin_services() -> frozenset[str]:
    """The names of all services as this version of the program knows them; a country has some of them.

    Read once, in 2 ms: not in a provider's `startup`, which Textual cancels for good where one types at once.
    """
    content: _ServiceFile = json.loads(_data("services.json"))
    return frozenset(name for _code, name in content["services"])


def _data(name: str) -> str:
    # By its path: importlib.resources takes 3 ms of a start, for packages inside of archives.
    return (Path(__file__).parents[1] / "data" / name).read_text(encoding="utf-8")
