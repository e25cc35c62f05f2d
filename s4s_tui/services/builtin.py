"""The lists that come with the program, for when the server does not give its own."""

import json
from importlib import resources
from typing import TypedDict

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.countries import CountryRow, countries_from_rows


class _CountryFile(TypedDict):
    countries: list[CountryRow]


class _ServiceFile(TypedDict):
    services: list[tuple[str, str]]


def builtin_countries() -> tuple[Country, ...]:
    """The API's countries as this version of the program knows them: Auto-Select, then by name."""
    text = resources.files("s4s_tui.data").joinpath("countries.json").read_text(encoding="utf-8")
    content: _CountryFile = json.loads(text)
    return countries_from_rows(content["countries"])


def builtin_services() -> frozenset[str]:
    """The names of all services as this version of the program knows them; a country has some of them."""
    text = resources.files("s4s_tui.data").joinpath("services.json").read_text(encoding="utf-8")
    content: _ServiceFile = json.loads(text)
    return frozenset(name for _code, name in content["services"])
