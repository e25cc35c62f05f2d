"""The lists that come with the program, for when the server does not give its own."""

import json
from pathlib import Path
from typing import TypedDict

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.countries import CountryRow, countries_from_rows


class _CountryFile(TypedDict):
    countries: list[CountryRow]


def builtin_countries() -> tuple[Country, ...]:
    """The API's countries as this version of the program knows them: Auto-Select, then by name."""
    # By its path: importlib.resources takes 3 ms of a start, for packages inside of archives.
    text = (Path(__file__).parents[1] / "data" / "countries.json").read_text(encoding="utf-8")
    content: _CountryFile = json.loads(text)
    return countries_from_rows(content["countries"])
